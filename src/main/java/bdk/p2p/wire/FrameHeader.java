package bdk.p2p.wire;

import bdk.p2p.message.Command;
import bdk.p2p.message.MessageType;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/**
 * The bytes before a payload, collected as they come. Each field is checked as soon as it is whole,
 * so that a bad length is found at its eighth byte, and a payload that is too large before any
 * memory is reserved for it.
 *
 * <pre>
 *  0                               8      9                              17            19
 *  +-------------------------------+------+-------------------------------+-------------+---------
 *  | length of what follows (u64)  | type | id (8 bytes)                  | command u16 | payload
 *  +-------------------------------+------+-------------------------------+-------------+---------
 * </pre>
 *
 * <p>Event loop only.
 */
final class FrameHeader {
  static final int TYPE_OFFSET = 8;
  static final int ID_OFFSET = 9;
  static final int COMMAND_OFFSET = 17;
  static final int BYTES = 19;

  private final FrameLimits limits;
  private final byte[] bytes = new byte[BYTES];
  private final ByteBuffer fields = ByteBuffer.wrap(bytes);
  private int received;
  // Messages of one command often follow each other.
  private Command last = Command.PING;

  FrameHeader(FrameLimits limits) {
    this.limits = limits;
  }

  /**
   * Takes what is still missing, as far as it is there.
   *
   * @return true if the header is complete
   * @throws ProtocolViolation if a field is out of bounds
   */
  boolean fill(ByteBuf in) {
    int taken = Math.min(in.readableBytes(), BYTES - received);
    in.readBytes(bytes, received, taken);
    received += taken;
    if (received >= TYPE_OFFSET) {
      checkLength();
    }
    if (received > TYPE_OFFSET) {
      checkType();
    }
    if (received == BYTES) {
      limits.check(type(), command(), payloadBytes());
    }
    return received == BYTES;
  }

  private void checkLength() {
    long length = length();
    // A number with the top bit set is beyond every limit, not negative.
    if (length < 0 || length > FrameEncoder.MAX_LENGTH) {
      throw new ProtocolViolation(
          "frame length "
              + Long.toUnsignedString(length)
              + " is above the maximum of "
              + FrameEncoder.MAX_LENGTH
              + " bytes");
    }
    if (length < FrameEncoder.MIN_LENGTH) {
      throw new ProtocolViolation(
          "frame length "
              + length
              + " is below the minimum of "
              + FrameEncoder.MIN_LENGTH
              + " bytes");
    }
  }

  private void checkType() {
    if (typeOrNull() == null) {
      throw new ProtocolViolation("frame type " + typeCode() + " is not within 0 to 3");
    }
  }

  boolean isComplete() {
    return received == BYTES;
  }

  boolean isEmpty() {
    return received == 0;
  }

  /** Makes room for the next header. */
  void clear() {
    received = 0;
  }

  MessageType type() {
    assert isComplete();
    return typeOrNull();
  }

  long id() {
    return fields.getLong(ID_OFFSET);
  }

  Command command() {
    if (last.code() != commandCode()) {
      last = Command.of(commandCode());
    }
    return last;
  }

  private int commandCode() {
    return fields.getShort(COMMAND_OFFSET) & 0xffff;
  }

  int payloadBytes() {
    return (int) (length() - FrameEncoder.MIN_LENGTH);
  }

  private long length() {
    return fields.getLong(0);
  }

  private int typeCode() {
    return bytes[TYPE_OFFSET] & 0xff;
  }

  private MessageType typeOrNull() {
    return typeOrNull(typeCode());
  }

  /** The type of this code; null if there is none. */
  static MessageType typeOrNull(int code) {
    return switch (code) {
      case 0 -> MessageType.REQUEST;
      case 1 -> MessageType.ANSWER;
      case 2 -> MessageType.BROADCAST;
      case 3 -> MessageType.NOTIFICATION;
      default -> null;
    };
  }
}
