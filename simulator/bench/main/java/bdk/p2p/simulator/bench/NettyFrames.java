package bdk.p2p.simulator.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import java.util.stream.Stream;

/** The protocol's frames, as bare pipelines read and write them. */
final class NettyFrames {
  static final byte REQUEST = 0;
  static final byte ANSWER = 1;
  static final byte BROADCAST = 2;
  static final byte NOTIFICATION = 3;

  /** Where the id is, in a frame with its length. */
  static final int ID_OFFSET = 9;

  static final int TYPE_OFFSET = 8;
  static final int COMMAND_OFFSET = 17;
  static final int HEADER_BYTES = 19;

  private static final int LENGTH_BYTES = 8;
  private static final int NO_PORT = 0;
  private static final int MOST_BYTES = 16 << 20;

  private NettyFrames() {}

  /** A handshake, a decoder, which keeps the length in front, and handlers of its frames. */
  static ChannelHandler[] to(ChannelHandler... handlers) {
    return Stream.concat(
            Stream.of(
                new NettyHandshake(NO_PORT),
                new LengthFieldBasedFrameDecoder(MOST_BYTES, 0, LENGTH_BYTES)),
            Stream.of(handlers))
        .toArray(ChannelHandler[]::new);
  }

  /** The header of a frame, with room for so much behind it. */
  static ByteBuf header(ByteBufAllocator allocator, byte type, long id, int bytes, int room) {
    return allocator
        .ioBuffer(HEADER_BYTES + room)
        .writeLong(HEADER_BYTES - LENGTH_BYTES + bytes)
        .writeByte(type)
        .writeLong(id)
        .writeShort(LibraryResponder.COMMAND.code());
  }

  /** A whole frame. */
  static ByteBuf frame(ByteBufAllocator allocator, byte type, long id, byte[] payload) {
    return header(allocator, type, id, payload.length, payload.length).writeBytes(payload);
  }
}
