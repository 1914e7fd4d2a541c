package bdk.p2p.simulator.planted;

import bdk.p2p.message.MessageType;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;

/**
 * Writes no broadcast but those that were published at this very instant: in virtual time a node
 * publishes and writes at once, and what it relays comes from elsewhere and so at least a latency
 * after. The workload publishes at whole half seconds.
 */
final class RelayStopper extends FrameTap {
  private static final long HALF_SECOND = 500_000_000;

  @Override
  boolean concerns(ByteBuf frame) {
    return is(frame, MessageType.BROADCAST);
  }

  @Override
  void onFrame(ChannelHandlerContext context, ByteBuf frame) {
    if (context.channel().eventLoop() instanceof io.netty.channel.ManualIoEventLoop loop
        && loop.ticker().nanoTime() % HALF_SECOND == 0) {
      context.write(frame);
    } else {
      frame.release();
    }
  }
}
