package bdk.p2p.session;

import bdk.p2p.wire.FrameEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * Moves messages from the queue to the channel: one drain, as many frames as the channel takes, one
 * flush. Event loop only.
 *
 * <p>Two lanes between queue and channel: urgent messages leave before all others, order is kept
 * within a lane. What the lanes hold still counts in the queue's bound.
 */
final class OutboundWriter {
  private final Channel channel;
  private final OutboundQueue queue;
  private final PendingRequests requests;
  private final InboundShare share;
  private final TrafficCounters traffic;
  private final Queue<Outbound> urgent = new ArrayDeque<>(4);
  private final Queue<Outbound> bulk = new ArrayDeque<>(4);
  private long written;

  OutboundWriter(
      Channel channel,
      OutboundQueue queue,
      PendingRequests requests,
      InboundShare share,
      TrafficCounters traffic) {
    this.channel = channel;
    this.queue = queue;
    this.requests = requests;
    this.share = share;
    this.traffic = traffic;
  }

  /**
   * Takes everything over that was handed in: requests start to wait here, before they are written.
   */
  void takeOver() {
    Outbound next;
    while ((next = queue.poll()) != null) {
      if (next.request != null) {
        if (next.isDead()) {
          requests.abandon();
          queue.written(next);
          continue;
        }
        requests.register(next.request);
      }
      (next.urgent ? urgent : bulk).add(next);
    }
  }

  /** Writes while the channel takes more, then flushes once. */
  void write() {
    boolean wrote = false;
    Outbound next;
    while (channel.isWritable() && (next = poll()) != null) {
      if (!next.isDead()) {
        ByteBuf frame = encode(next);
        traffic.sent(frame.readableBytes());
        channel.write(frame, channel.voidPromise());
        wrote = true;
      }
      leave(next);
      written++;
    }
    if (wrote) {
      channel.flush();
    }
  }

  private Outbound poll() {
    Outbound next = urgent.poll();
    return next != null ? next : bulk.poll();
  }

  private ByteBuf encode(Outbound outbound) {
    if (outbound.frame != null) {
      // The reference goes to the channel; each session needs reader indices of its own.
      return outbound.frame.duplicate();
    }
    return FrameEncoder.encode(
        channel.alloc(), outbound.request != null ? outbound.request.message() : outbound.message);
  }

  private void leave(Outbound outbound) {
    queue.written(outbound);
    if (outbound.isAnswer()) {
      share.release(outbound.shareBytes);
    }
  }

  /** True if everything that was taken over has gone to the channel. */
  boolean lanesAreEmpty() {
    return urgent.isEmpty() && bulk.isEmpty();
  }

  /** True if nothing waits, neither here nor in the channel. */
  boolean isIdle() {
    return lanesAreEmpty() && pendingBytes() == 0;
  }

  /** A number that changes with every byte that the socket takes. */
  long progressMark() {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    return buffer == null
        ? written
        : 31 * (31 * written + buffer.totalPendingWriteBytes()) + buffer.currentProgress();
  }

  private long pendingBytes() {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    return buffer == null ? 0 : buffer.totalPendingWriteBytes();
  }

  /**
   * Takes everything out that another session of the peer can carry, while this one goes on for its
   * answers. Frames in the result still own their reference.
   *
   * @return what was not written, without answers and requests
   */
  List<Outbound> giveUp() {
    takeOver();
    List<Outbound> unsent = new ArrayList<>();
    for (Queue<Outbound> lane : List.of(urgent, bulk)) {
      lane.removeIf(
          outbound -> {
            if (outbound.isAnswer()) {
              return false;
            }
            leave(outbound);
            if (outbound.request == null) {
              unsent.add(outbound);
            }
            return true;
          });
    }
    return unsent;
  }

  /**
   * Empties queue and lanes after the close. Frames in the result still own their reference.
   *
   * @return what was not written, in order of priority, without requests, which have been settled
   */
  List<Outbound> abandon() {
    takeOver();
    List<Outbound> unsent = new ArrayList<>(urgent.size() + bulk.size());
    Outbound next;
    while ((next = poll()) != null) {
      leave(next);
      if (next.request == null) {
        unsent.add(next);
      }
    }
    return unsent;
  }
}
