package bdk.p2p.simulator.planted;

import bdk.p2p.message.Command;
import bdk.p2p.message.MessageType;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/**
 * Sees every frame that a node writes on one connection. A node writes frame by frame, its
 * handshake first; a write is either a whole frame or the handshake's three bytes.
 */
abstract class FrameTap extends ChannelOutboundHandlerAdapter {
  private static final int TYPE_OFFSET = 8;
  private static final int COMMAND_OFFSET = 17;
  static final int PAYLOAD_OFFSET = 19;

  @Override
  public final void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    ByteBuf frame = (ByteBuf) message;
    if (concerns(frame)) {
      onFrame(context, frame);
    } else {
      context.write(frame, promise);
    }
  }

  /** Whether it is one to be spoilt. */
  abstract boolean concerns(ByteBuf frame);

  /** Does what it likes; owns the frame. */
  abstract void onFrame(ChannelHandlerContext context, ByteBuf frame);

  static boolean is(ByteBuf frame, MessageType type) {
    return frame.readableBytes() >= PAYLOAD_OFFSET
        && frame.getByte(frame.readerIndex() + TYPE_OFFSET) == type.ordinal();
  }

  static boolean is(ByteBuf frame, MessageType type, Command command) {
    return is(frame, type)
        && frame.getUnsignedShort(frame.readerIndex() + COMMAND_OFFSET) == command.code();
  }

  /** A copy that may be changed: the frame itself may be shared with other connections. */
  static ByteBuf ownCopy(ChannelHandlerContext context, ByteBuf frame) {
    ByteBuf copy = context.alloc().buffer(frame.readableBytes()).writeBytes(frame);
    frame.release();
    return copy;
  }
}
