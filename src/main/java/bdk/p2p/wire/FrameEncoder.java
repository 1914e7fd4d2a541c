package bdk.p2p.wire;

import bdk.p2p.message.Command;
import bdk.p2p.message.Message;
import bdk.p2p.message.MessageId;
import bdk.p2p.message.MessageType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import io.netty.channel.Channel;
import java.nio.ByteBuffer;

/**
 * Turns a {@link Message} into one frame: {@linkplain FrameHeader header} and payload in a buffer,
 * which is made of several where the frame is so long that no pool would keep a single one. Any
 * thread.
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

  /**
   * The longest buffer that a frame is made of. What is above 1 MiB, as a payload of that length is
   * with its header, Netty's adaptive allocator makes anew each time.
   */
  static final int LONGEST_PART_BYTES = 256 << 10;

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
    int bytes = frameBytes(message);
    if (bytes > LONGEST_PART_BYTES) {
      return encode(allocator, message.type(), message.id(), message.command(), message.payload());
    }
    ByteBuf frame = allocator.buffer(bytes);
    encode(message, frame);
    return frame;
  }

  /**
   * The frame of a message that is none yet, with a copy of the payload; the caller owns the
   * buffer.
   *
   * @throws IllegalArgumentException as {@link #frameBytes}
   */
  public static ByteBuf encode(
      ByteBufAllocator allocator,
      MessageType type,
      MessageId id,
      Command command,
      ByteBuffer payload) {
    int bytes = frameBytes(payload.remaining());
    ByteBuffer left = payload.duplicate();
    ByteBuf first = allocator.buffer(Math.min(bytes, LONGEST_PART_BYTES));
    encodeHeader(type, id.value(), command, left.remaining(), first);
    fill(first, left);
    if (!left.hasRemaining()) {
      return first;
    }
    CompositeByteBuf frame = allocator.compositeBuffer((bytes - 1) / LONGEST_PART_BYTES + 1);
    frame.addComponent(true, first);
    try {
      while (left.hasRemaining()) {
        ByteBuf part = allocator.buffer(Math.min(left.remaining(), LONGEST_PART_BYTES));
        fill(part, left);
        frame.addComponent(true, part);
      }
      return frame;
    } catch (Throwable cause) {
      // Memory may be short in the middle of it.
      frame.release();
      throw cause;
    }
  }

  /** Copies as much as there is room for. */
  private static void fill(ByteBuf part, ByteBuffer left) {
    int end = left.limit();
    left.limit(left.position() + Math.min(part.writableBytes(), left.remaining()));
    part.writeBytes(left);
    left.limit(end);
  }

  /**
   * Writes a whole frame, without a flush, and takes over one reference of it; where its reader
   * stands does not change. One that is made of several buffers goes as these: a channel that
   * encrypts would gather the buffers of each record anew.
   */
  public static void write(ByteBuf frame, Channel channel) {
    if (!(frame instanceof CompositeByteBuf parts)) {
      channel.write(frame.duplicate(), channel.voidPromise());
      return;
    }
    for (int n = 0; n < parts.numComponents(); n++) {
      channel.write(parts.component(n).retain(), channel.voidPromise());
    }
    parts.release();
  }

  /** The message of which this is the whole frame, with a copy of its payload. Any thread. */
  public static Message message(ByteBuf frame) {
    int start = frame.readerIndex();
    ByteBuffer payload = ByteBuffer.allocate(frame.readableBytes() - HEADER_BYTES);
    frame.getBytes(start + HEADER_BYTES, payload);
    return Message.adopt(
        FrameHeader.typeOrNull(frame.getByte(start + FrameHeader.TYPE_OFFSET)),
        frame.getLong(start + FrameHeader.ID_OFFSET),
        Command.of(frame.getUnsignedShort(start + FrameHeader.COMMAND_OFFSET)),
        payload.array());
  }

  /** Changes the id in a whole frame. */
  public static void setId(ByteBuf frame, long id) {
    frame.setLong(frame.readerIndex() + FrameHeader.ID_OFFSET, id);
  }

  /**
   * Appends the frame of this message to a buffer that has room for it.
   *
   * @throws IllegalArgumentException as {@link #frameBytes}
   */
  public static void encode(Message message, ByteBuf into) {
    int end = into.writerIndex() + frameBytes(message);
    encodeHeader(
        message.type(), message.id().value(), message.command(), message.payloadBytes(), into);
    // Makes no object.
    message.copyPayloadTo(into.internalNioBuffer(into.writerIndex(), message.payloadBytes()));
    into.writerIndex(end);
  }

  private static void encodeHeader(
      MessageType type, long id, Command command, int payloadBytes, ByteBuf into) {
    into.writeLong(MIN_LENGTH + payloadBytes)
        .writeByte(type.code())
        .writeLong(id)
        .writeShort(command.code());
  }
}
