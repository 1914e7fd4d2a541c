package bdk.p2p.manager;

import bdk.p2p.message.NodeId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Where a node can dial a {@link RawPeer}. */
final class RawListener implements AutoCloseable {
  /** Below those that the system gives sockets by itself: a port stays free when this is closed. */
  private static final int FIRST_PORT = 20_000;

  private static final int PORTS = 9_000;

  private final ServerSocket socket;

  RawListener() {
    try {
      socket = onSomePort();
      socket.setSoTimeout((int) Await.LIMIT.toMillis());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static ServerSocket onSomePort() throws IOException {
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    while (true) {
      try {
        int port = FIRST_PORT + ThreadLocalRandom.current().nextInt(PORTS);
        return new ServerSocket(port, 50, loopback);
      } catch (BindException taken) {
        // Another one, then.
      }
    }
  }

  NodeId id() {
    return new NodeId(socket.getInetAddress(), socket.getLocalPort());
  }

  /** The next connection; nothing has been read or written on it. */
  RawPeer accept() {
    try {
      return new RawPeer(socket.accept());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** True if nobody dials for so long. */
  boolean isLeftAloneFor(Duration time) {
    try {
      socket.setSoTimeout((int) time.toMillis());
      socket.accept().close();
      return false;
    } catch (SocketTimeoutException nobody) {
      return true;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The next connection, handshakes exchanged; type 0 for a NORMAL node. */
  RawPeer accept(int type) {
    RawPeer peer = accept();
    peer.greet(type, socket.getLocalPort());
    peer.readHandshake();
    return peer;
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
