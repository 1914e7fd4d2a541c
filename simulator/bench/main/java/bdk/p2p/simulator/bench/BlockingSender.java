package bdk.p2p.simulator.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/** Blocking sockets that are dialled, written one after the other. */
final class BlockingSender implements Sender {
  private static final int BACKLOG = 1024;

  private final ServerSocket listener;
  private final List<BlockingFrames> connections = new CopyOnWriteArrayList<>();

  BlockingSender() throws IOException {
    listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    Worker.start(
        "accepting",
        () -> {
          while (true) {
            connections.add(new BlockingFrames(listener.accept()));
          }
        });
  }

  @Override
  public int port() {
    return listener.getLocalPort();
  }

  @Override
  public void flood(byte[] payload, BooleanSupplier goesOn) throws IOException {
    while (goesOn.getAsBoolean()) {
      for (BlockingFrames each : connections) {
        each.write(NettyFrames.NOTIFICATION, 1, payload);
      }
    }
    for (BlockingFrames each : connections) {
      each.flush();
    }
  }

  @Override
  public void close() {
    // Its thread ends with the process.
  }
}
