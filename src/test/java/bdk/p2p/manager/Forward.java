package bdk.p2p.manager;

import bdk.p2p.message.NodeId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Passes every connection on to another place, as a router with a port forward does. */
final class Forward implements AutoCloseable {
  private final ServerSocket socket;
  private volatile NodeId target;

  Forward() {
    try {
      socket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  NodeId id() {
    return new NodeId(socket.getInetAddress(), socket.getLocalPort());
  }

  void to(NodeId target) {
    this.target = target;
    start(this::accept);
  }

  private void accept() throws IOException {
    while (true) {
      Socket outside = socket.accept();
      Socket inside = new Socket(target.address(), target.port());
      start(() -> pump(outside, inside));
      start(() -> pump(inside, outside));
    }
  }

  private static void pump(Socket from, Socket to) throws IOException {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    }
  }

  private interface Pump {
    void run() throws IOException;
  }

  private static void start(Pump pump) {
    Thread thread =
        new Thread(
            () -> {
              try {
                pump.run();
              } catch (IOException end) {
                // Closed by either side.
              }
            },
            "forward");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
