package bdk.p2p.simulator.hostile;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.util.List;

/**
 * Bytes as a node would send them, or as it never should. No state.
 *
 * <pre>
 *  handshake  0      1             3
 *             +------+-------------+
 *             | type | server port |
 *             +------+-------------+
 *  frame      0                     8      9               17        19
 *             +---------------------+------+---------------+---------+---------
 *             | length of the rest  | type | id            | command | payload
 *             +---------------------+------+---------------+---------+---------
 * </pre>
 */
final class Frames {
  static final int HANDSHAKE_BYTES = 3;
  static final int HEADER_BYTES = 19;

  /** What the length of a frame without payload says. */
  static final int LEAST_LENGTH = 11;

  static final int REQUEST = 0;
  static final int ANSWER = 1;
  static final int PING = 0;
  static final int REQUEST_NODES = 2;

  private static final int NORMAL = 0;
  private static final int V4 = 0;

  private Frames() {}

  static ByteBuf handshake(int port) {
    return Unpooled.buffer(HANDSHAKE_BYTES).writeByte(NORMAL).writeShort(port);
  }

  /** A frame's header, which may say anything. */
  static ByteBuf header(long length, int type, long id, int command) {
    return Unpooled.buffer(HEADER_BYTES)
        .writeLong(length)
        .writeByte(type)
        .writeLong(id)
        .writeShort(command);
  }

  /** A whole frame without payload. */
  static ByteBuf frame(int type, long id, int command) {
    return header(LEAST_LENGTH, type, id, command);
  }

  /** An answer to RequestNodes that names NORMAL nodes at v4 addresses. */
  static ByteBuf nodes(long id, List<Address> addresses) {
    ByteBuf payload = Unpooled.buffer(addresses.size() * 8);
    for (Address address : addresses) {
      payload.writeByte(NORMAL).writeByte(V4);
      payload.writeBytes(address.host().getAddress()).writeShort(address.port());
    }
    ByteBuf header = header(LEAST_LENGTH + payload.readableBytes(), ANSWER, id, REQUEST_NODES);
    return Unpooled.wrappedBuffer(header, payload);
  }

  /** An address in a list of nodes. */
  record Address(InetAddress host, int port) {}
}
