package bdk.p2p.simulator.planted;

import bdk.p2p.message.MessageType;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;

/** Changes the last byte of every twentieth broadcast on a connection. */
final class CorruptingTap extends FrameTap {
  private static final int EVERY = 20;

  private int count;

  @Override
  boolean concerns(ByteBuf frame) {
    return is(frame, MessageType.BROADCAST) && ++count % EVERY == 0;
  }

  @Override
  void onFrame(ChannelHandlerContext context, ByteBuf frame) {
    ByteBuf own = ownCopy(context, frame);
    int last = own.readableBytes() - 1;
    context.write(own.setByte(last, own.getByte(last) ^ 1));
  }
}
