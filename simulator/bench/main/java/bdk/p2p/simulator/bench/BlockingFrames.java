package bdk.p2p.simulator.bench;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;

/** The protocol's frames over a blocking socket. One thread reads; writing needs this as lock. */
final class BlockingFrames {
  private static final int BUFFER_BYTES = 64 << 10;
  private static final int HANDSHAKE_BYTES = 3;

  private final DataInputStream in;
  private final DataOutputStream out;
  private byte type;
  private long id;

  /** Shakes hands, and waits for the other side's. */
  BlockingFrames(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES));
    out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), BUFFER_BYTES));
    out.write(new byte[HANDSHAKE_BYTES]);
    out.flush();
    in.readNBytes(HANDSHAKE_BYTES);
  }

  /** Reads a frame; returns its payload, and keeps type and id until the next. */
  byte[] read() throws IOException {
    int length = (int) in.readLong();
    type = in.readByte();
    id = in.readLong();
    in.readShort();
    return in.readNBytes(length - (NettyFrames.HEADER_BYTES - Long.BYTES));
  }

  byte type() {
    return type;
  }

  long id() {
    return id;
  }

  /**
   * True if the next read may have to wait, also for the rest of a frame: the other side may keep
   * that back until it has read what this side keeps back.
   */
  boolean isDrained() throws IOException {
    int there = in.available();
    if (there < Long.BYTES) {
      return true;
    }
    in.mark(Long.BYTES);
    long length = in.readLong();
    in.reset();
    return there < Long.BYTES + length;
  }

  synchronized void write(byte kind, long number, byte[] payload) throws IOException {
    out.writeLong(NettyFrames.HEADER_BYTES - Long.BYTES + payload.length);
    out.writeByte(kind);
    out.writeLong(number);
    out.writeShort(LibraryResponder.COMMAND.code());
    out.write(payload);
  }

  synchronized void flush() throws IOException {
    out.flush();
  }
}
