package bdk.p2p.simulator.planted;

import bdk.p2p.message.Command;
import bdk.p2p.message.MessageType;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;

/** Keeps every other notification back until the next one has gone. */
final class SwappingTap extends FrameTap {
  private ByteBuf kept;

  @Override
  boolean concerns(ByteBuf frame) {
    return is(frame, MessageType.NOTIFICATION, Command.of(Command.FIRST_FREE));
  }

  @Override
  void onFrame(ChannelHandlerContext context, ByteBuf frame) {
    if (kept == null) {
      kept = frame;
    } else {
      context.write(frame);
      context.write(kept);
      kept = null;
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    if (kept != null) {
      kept.release();
    }
  }
}
