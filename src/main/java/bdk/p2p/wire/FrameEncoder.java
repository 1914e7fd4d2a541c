package bdk.p2p.wire;

import bdk.p2p.message.Message;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * Turns a {@link Message} into one frame: {@linkplain FrameHeader header} and payload in a buffer.
 * Any thread.
 */
public final class FrameEncoder {
  /** The bytes before the payload. */
  public static final int HEADER_BYTES = FrameHeader.BYTES;

  /** The smallest value of the length field: type, id and command. */
  public static final long MIN_LENGTH = 11;

  /** The largest value of the length field: 128 MiB. */
  public static final long MAX_LENGTH = 134217728;

  /** The longest payload that fits a frame. */
  public static final int MAX_PAYLOAD_BYTES = (int) (MAX_LENGTH - MIN_LENGTH);

  private FrameEncoder() {}

  /**
   * The length of the whole frame of this message.
   *
   * @throws IllegalArgumentException if the payload is longer than {@link #MAX_PAYLOAD_BYTES}
   */
  public static int frameBytes(Message message) {
    return frameBytes(message.payloadBytes());
  }

  /**
   * The length of the whole frame of a message with so long a payload.
   *
   * @throws IllegalArgumentException if it is longer than {@link #MAX_PAYLOAD_BYTES}
   */
  public static int frameBytes(int payloadBytes) {
    if (payloadBytes > MAX_PAYLOAD_BYTES) {
      throw new IllegalArgumentException(
          "a payload of "
              + payloadBytes
              + " bytes is above the limit of "
              + MAX_PAYLOAD_BYTES
              + " bytes");
    }
    return HEADER_BYTES + payloadBytes;
  }

  /**
   * The frame of this message; the caller owns the buffer.
   *
   * @throws IllegalArgumentException as {@link #frameBytes}
   */
  public static ByteBuf encode(ByteBufAllocator allocator, Message message) {
    ByteBuf frame = allocator.buffer(frameBytes(message));
    encode(message, frame);
    return frame;
  }

  /**
   * Appends the frame of this message to a buffer that has room for it.
   *
   * @throws IllegalArgumentException as {@link #frameBytes}
   */
  public static void encode(Message message, ByteBuf into) {
    int end = into.writerIndex() + frameBytes(message);
    into.writeLong(MIN_LENGTH + message.payloadBytes())
        .writeByte(message.type().code())
        .writeLong(message.id().value())
        .writeShort(message.command().code());
    // Makes no object.
    message.copyPayloadTo(into.internalNioBuffer(into.writerIndex(), message.payloadBytes()));
    into.writerIndex(end);
  }
}
