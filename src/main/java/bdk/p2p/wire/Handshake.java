package bdk.p2p.wire;

import bdk.p2p.message.NodeType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Objects;

/**
 * The first bytes of a session, sent once by each side without waiting for the other's.
 *
 * <pre>
 *  0      1             3
 *  +------+-------------+
 *  | type | server port |      type: 0 normal, anything else discovery (1 is sent)
 *  +------+-------------+
 * </pre>
 *
 * @param type what the sender serves
 * @param port where the sender listens, 0 to 65535
 */
public record Handshake(NodeType type, int port) {
  /** The length of every handshake. */
  public static final int BYTES = 3;

  /**
   * @throws IllegalArgumentException if the port does not fit 16 bits
   */
  public Handshake {
    Objects.requireNonNull(type, "type");
    if (port < 0 || port > 0xffff) {
      throw new IllegalArgumentException("port " + port + " is not within 0 to 65535");
    }
  }

  /** Reads {@value #BYTES} bytes, moving the reader index; every content is valid. */
  public static Handshake decode(ByteBuf bytes) {
    NodeType type = bytes.readByte() == 0 ? NodeType.NORMAL : NodeType.DISCOVERY;
    return new Handshake(type, bytes.readUnsignedShort());
  }

  /** The bytes to send; the caller owns the buffer. */
  public ByteBuf encode(ByteBufAllocator allocator) {
    return allocator.ioBuffer(BYTES).writeByte(type == NodeType.NORMAL ? 0 : 1).writeShort(port);
  }
}
