package bdk.p2p.simulator.world;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPipeline;
import java.nio.channels.ClosedChannelException;

/**
 * Releases the buffers that a channel of a dead process still holds, without letting the process
 * act once more.
 */
final class ChannelRemains {
  private ChannelRemains() {}

  /** The loop must be one that the agenda never runs again. */
  static void release(Channel channel, Timeline timeline, VirtualEventLoop loop) {
    timeline.runAs(loop, () -> dismantle(channel.pipeline()));
    // Outside the loop: those who listen to the writes are only queued for it, and never run.
    ChannelOutboundBuffer unsent = channel.unsafe().outboundBuffer();
    if (unsent != null) {
      unsent.addFlush();
      ClosedChannelException gone = new ClosedChannelException();
      while (unsent.remove(gone)) {
        // remove releases the message
      }
    }
  }

  /** From the last handler on: what a decoder gives up then meets nobody, and is released. */
  private static void dismantle(ChannelPipeline pipeline) {
    while (pipeline.last() != null) {
      pipeline.removeLast();
    }
  }
}
