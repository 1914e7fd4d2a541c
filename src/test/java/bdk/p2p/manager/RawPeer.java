package bdk.p2p.manager;

import bdk.p2p.message.Command;
import bdk.p2p.message.MessageType;
import bdk.p2p.message.NodeId;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A peer on a plain blocking socket that speaks the wire by hand, well or badly. Reads only when it
 * is asked to. For one thread, but for {@link #close}.
 */
final class RawPeer implements AutoCloseable {
  static final int REQUEST = 0;
  static final int ANSWER = 1;
  static final int BROADCAST = 2;
  static final int NOTIFICATION = 3;
  static final int HEADER_BYTES = 19;

  /** A frame as it was read. */
  record Frame(int type, long id, int command, byte[] payload) {
    boolean is(MessageType expected, Command of) {
      return type == expected.code() && command == of.code();
    }
  }

  private final Socket socket;
  private final DataInputStream in;
  private final NodeId id;
  private boolean answersPings = true;

  RawPeer(Socket socket) {
    try {
      this.socket = socket;
      socket.setTcpNoDelay(true);
      socket.setSoTimeout((int) Await.LIMIT.toMillis());
      this.in = new DataInputStream(socket.getInputStream());
      this.id = new NodeId(socket.getLocalAddress(), socket.getLocalPort());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Connects and says nothing. */
  static RawPeer connect(NodeId node) {
    return connect(node, 0);
  }

  /** Connects with a receive buffer of this size, 0 for the system's own, and says nothing. */
  static RawPeer connect(NodeId node, int receiveBytes) {
    return connectFrom("127.0.0.1", node, receiveBytes);
  }

  /** Connects from another address of this host and says nothing. */
  static RawPeer connectFrom(String source, NodeId node) {
    return connectFrom(source, node, 0);
  }

  /** The same with a receive buffer of this size, 0 for the system's own. */
  static RawPeer connectFrom(String source, NodeId node, int receiveBytes) {
    try {
      Socket socket = new Socket();
      if (receiveBytes > 0) {
        socket.setReceiveBufferSize(receiveBytes);
      }
      socket.bind(new InetSocketAddress(InetAddress.getByName(source), 0));
      socket.connect(node.socketAddress(), (int) Await.LIMIT.toMillis());
      return new RawPeer(socket);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Connects and exchanges handshakes as a NORMAL node that does not listen. */
  static RawPeer join(NodeId node) {
    return joinFrom("127.0.0.1", node);
  }

  /** The same from another address of this host. */
  static RawPeer joinFrom(String source, NodeId node) {
    RawPeer peer = connectFrom(source, node);
    peer.greet(0, peer.localPort());
    peer.readHandshake();
    return peer;
  }

  RawPeer answersPings(boolean value) {
    answersPings = value;
    return this;
  }

  int localPort() {
    return id.port();
  }

  /** Its own id as the node sees it if it announces its local port. */
  NodeId id() {
    return id;
  }

  // ---- writing ----

  static byte[] handshake(int type, int port) {
    return new byte[] {(byte) type, (byte) (port >> 8), (byte) port};
  }

  static byte[] frame(int type, long id, int command, byte... payload) {
    return header(11L + payload.length, type, id, command, payload);
  }

  /** A frame that may claim another length than it has. */
  static byte[] header(long length, int type, long id, int command, byte... payload) {
    return ByteBuffer.allocate(HEADER_BYTES + payload.length)
        .putLong(length)
        .put((byte) type)
        .putLong(id)
        .putShort((short) command)
        .put(payload)
        .array();
  }

  void greet(int type, int port) {
    send(handshake(type, port));
  }

  void send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** False if the node has closed the connection. */
  boolean trySend(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      return true;
    } catch (IOException closed) {
      return false;
    }
  }

  void send(String hexDigits) {
    send(HexFormat.of().parseHex(hexDigits.replace(" ", "")));
  }

  // ---- reading ----

  byte[] readHandshake() {
    try {
      byte[] bytes = new byte[3];
      in.readFully(bytes);
      return bytes;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  Frame read() throws IOException {
    long length = in.readLong();
    int type = in.readUnsignedByte();
    long id = in.readLong();
    int command = in.readUnsignedShort();
    byte[] payload = new byte[(int) length - 11];
    in.readFully(payload);
    return new Frame(type, id, command, payload);
  }

  /** The next frame that fits; pings on the way are answered, everything else is skipped. */
  Frame next(Predicate<Frame> wanted) {
    try {
      while (true) {
        Frame frame = read();
        if (wanted.test(frame)) {
          return frame;
        }
        if (answersPings && frame.is(MessageType.REQUEST, Command.PING)) {
          trySend(frame(ANSWER, frame.id(), 0));
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  Frame next(MessageType type, Command command) {
    return next(frame -> frame.is(type, command));
  }

  /** Reads on, answering pings, until the node ends the connection. */
  void awaitClosed() {
    try {
      next(frame -> false);
    } catch (UncheckedIOException end) {
      if (!(end.getCause() instanceof EOFException || end.getCause() instanceof SocketException)) {
        throw new AssertionError("the node did not close the connection", end);
      }
    }
  }

  /** Reads on in the background, answering pings, as an idle honest peer does. */
  RawPeer stayingAlive() {
    return stayingAlive(frame -> {});
  }

  /** The same, and shows each frame that is not a ping to somebody, on a thread of its own. */
  RawPeer stayingAlive(Consumer<Frame> seen) {
    Runnable reading =
        () ->
            next(
                frame -> {
                  seen.accept(frame);
                  return false;
                });
    Thread reader = new Thread(reading, "raw-peer");
    reader.setDaemon(true);
    reader.setUncaughtExceptionHandler((thread, ended) -> {});
    reader.start();
    return this;
  }

  /** Ends the connection with a reset instead of an orderly close. */
  void reset() {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
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
