package bdk.p2p.session;

import bdk.p2p.message.Message;
import bdk.p2p.wire.FrameEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.function.LongSupplier;

/**
 * Moves messages from the queue to the channel: one drain, as many frames as the channel takes,
 * small ones together in one buffer, one flush. Event loop only.
 *
 * <p>Two lanes between queue and channel: urgent messages leave before all others, order is kept
 * within a lane. What the lanes and the channel hold still counts in the queue's bound, until the
 * socket has taken it.
 *
 * <p>While it holds back only answers and the core's pings leave, so that nothing overtakes what is
 * still on its way over another connection to the same peer.
 */
final class OutboundWriter {
  static final long NOBODY_WAITS = Long.MAX_VALUE;

  /** How much one buffer of small frames holds: more is no faster. */
  private static final int MERGED_BYTES = 16 << 10;

  private final Channel channel;
  private final OutboundQueue queue;
  private final PendingRequests requests;
  private final InboundShare share;
  private final SessionTraffic traffic;
  private final Deque<Outbound> urgent = new ArrayDeque<>(4);
  private final Deque<Outbound> bulk = new ArrayDeque<>(4);
  private final List<Deque<Outbound>> lanes = List.of(urgent, bulk);
  // Of both lanes; empty unless it holds back.
  private final Deque<Outbound> heldBack = new ArrayDeque<>(0);
  // Only while it takes over.
  private final Deque<Outbound> earlier = new ArrayDeque<>(0);
  // Handed to the channel, in order, and not yet taken by the socket.
  private final Queue<Outbound> inChannel = new ArrayDeque<>(4);
  private final LongSupplier nanoTime;
  private final Runnable gaveBack;
  private final Runnable answerLeft;
  private volatile long waitingSinceNanos = NOBODY_WAITS;
  private boolean holdsBack;
  private long written;
  private long seenWritten;
  private long seenPendingBytes;
  private long seenCurrentBytes;
  // At the end of those, without a mark behind them.
  private int unmarked;
  private long unmarkedBytes;

  /**
   * @param gaveBack told when messages that had to wait have left the channel
   * @param answerLeft told of each answer that the channel has let go; of those that {@link
   *     #abandon} drops its caller knows
   */
  OutboundWriter(
      Channel channel,
      OutboundQueue queue,
      PendingRequests requests,
      InboundShare share,
      SessionTraffic traffic,
      LongSupplier nanoTime,
      Runnable gaveBack,
      Runnable answerLeft) {
    this.channel = channel;
    this.queue = queue;
    this.requests = requests;
    this.share = share;
    this.traffic = traffic;
    this.nanoTime = nanoTime;
    this.gaveBack = gaveBack;
    this.answerLeft = answerLeft;
  }

  /**
   * Takes everything over that was handed in: requests start to wait here, before they are written.
   */
  void takeOver() {
    takeOver(false);
  }

  /**
   * @param certainly whether to wait for what another thread is just handing in
   */
  private void takeOver(boolean certainly) {
    Outbound next;
    while ((next = certainly ? queue.pollCertainly() : queue.poll()) != null) {
      if (next.request != null) {
        if (next.isDead()) {
          requests.abandon();
          queue.written(next);
          next.release();
          continue;
        }
        requests.register(next.request);
      }
      (next.isEarlier ? earlier : laneOf(next)).add(next);
    }
    while ((next = earlier.pollLast()) != null) {
      laneOf(next).addFirst(next);
    }
  }

  private Deque<Outbound> laneOf(Outbound outbound) {
    if (holdsBack && !outbound.isOutOfOrder()) {
      return heldBack;
    }
    return outbound.urgent ? urgent : bulk;
  }

  /** Lets only answers and the core's pings leave from now on; what is in a lane still leaves. */
  void holdBack() {
    holdsBack = true;
  }

  /** Holds nothing back any more. */
  void goOn() {
    holdsBack = false;
    Outbound next;
    while ((next = heldBack.poll()) != null) {
      laneOf(next).add(next);
    }
  }

  /** Writes while the channel takes more, then flushes once. */
  void write() {
    boolean wrote = false;
    while (channel.isWritable() && !(urgent.isEmpty() && bulk.isEmpty())) {
      int smallBytes = smallBytes();
      wrote |= smallBytes > 0 ? writeSmall(smallBytes) : writeNext();
    }
    if (wrote) {
      channel.flush();
      awaitTaken();
    }
  }

  /** The bytes of the small frames that leave next and fit one buffer; 0 if the next is large. */
  private int smallBytes() {
    int bytes = 0;
    for (Deque<Outbound> lane : lanes) {
      for (Outbound next : lane) {
        if (!next.isSmall() || bytes + next.frameBytes > MERGED_BYTES) {
          return bytes;
        }
        bytes += next.frameBytes;
      }
    }
    return bytes;
  }

  /** Many small frames in one buffer cost the channel as much as one. */
  private boolean writeSmall(int bytes) {
    ByteBuf frames = channel.alloc().buffer(bytes);
    for (int left = bytes; left > 0; ) {
      Outbound next = poll();
      left -= next.frameBytes;
      if (begin(next)) {
        FrameEncoder.encode(messageOf(next), frames);
      }
    }
    if (!frames.isReadable()) {
      frames.release();
      return false;
    }
    channel.write(frames, channel.voidPromise());
    return true;
  }

  private boolean writeNext() {
    Outbound next = poll();
    if (!begin(next)) {
      return false;
    }
    if (next.frame != null) {
      next.frame.writeTo(channel);
    } else {
      FrameEncoder.write(FrameEncoder.encode(channel.alloc(), messageOf(next)), channel);
    }
    return true;
  }

  /** False if nobody wants it any more; it has left then. */
  private boolean begin(Outbound next) {
    written++;
    if (next.isDead()) {
      leave(next);
      next.release();
      return false;
    }
    inChannel.add(next);
    unmarked++;
    unmarkedBytes += next.frameBytes;
    return true;
  }

  private static Message messageOf(Outbound outbound) {
    return outbound.request != null ? outbound.request.message() : outbound.message();
  }

  /** What is in the channel gives its place back once the socket has taken it, in order. */
  private void awaitTaken() {
    int count = unmarked;
    traffic.sent(count, unmarkedBytes);
    unmarked = 0;
    unmarkedBytes = 0;
    if (pendingBytes() == 0 && count == inChannel.size()) {
      taken(count);
      return;
    }
    if (waitingSinceNanos == NOBODY_WAITS) {
      waitingSinceNanos = nanoTime.getAsLong();
    }
    channel
        .writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(
            mark -> {
              taken(count);
              gaveBack.run();
            });
  }

  private void taken(int count) {
    for (int left = count; left > 0 && !inChannel.isEmpty(); left--) {
      Outbound taken = inChannel.remove();
      queue.noteWritten(taken);
      if (taken.isAnswer()) {
        share.releaseAnswer(taken.shareBytes);
        answerLeft.run();
      }
    }
    queue.giveBackNoted();
    if (!inChannel.isEmpty()) {
      waitingSinceNanos = nanoTime.getAsLong();
    } else if (waitingSinceNanos != NOBODY_WAITS) {
      waitingSinceNanos = NOBODY_WAITS;
    }
  }

  /**
   * Since when the socket has not taken the next message that was handed to it; {@link
   * #NOBODY_WAITS} if there is none. Any thread.
   */
  long waitingSinceNanos() {
    return waitingSinceNanos;
  }

  private Outbound poll() {
    Outbound next = urgent.poll();
    return next != null ? next : bulk.poll();
  }

  private void leave(Outbound outbound) {
    queue.written(outbound);
    if (outbound.isAnswer()) {
      share.releaseAnswer(outbound.shareBytes);
    }
  }

  /**
   * True if everything that was handed in has gone to the channel, and nothing more may come of
   * another session for which it holds back.
   */
  boolean hasWrittenAll() {
    return !holdsBack
        && urgent.isEmpty()
        && bulk.isEmpty()
        && heldBack.isEmpty()
        && queue.isEmpty();
  }

  /** True if nothing waits for the socket, neither here nor in the channel. */
  boolean isIdle() {
    return urgent.isEmpty() && bulk.isEmpty() && pendingBytes() == 0;
  }

  /**
   * True if the socket has taken anything since this was asked last. More that waits is no
   * progress: TLS writes on its own what the peer makes it write.
   */
  boolean hasProgressed() {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    long pending = pendingBytes();
    long current = buffer == null ? 0 : buffer.currentProgress();
    boolean hasProgressed =
        written != seenWritten || pending < seenPendingBytes || current != seenCurrentBytes;
    seenWritten = written;
    seenPendingBytes = pending;
    seenCurrentBytes = current;
    return hasProgressed;
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
    takeOver(true);
    goOn();
    List<Outbound> unsent = new ArrayList<>();
    for (Deque<Outbound> lane : lanes) {
      lane.removeIf(
          outbound -> {
            if (outbound.isAnswer()) {
              return false;
            }
            leave(outbound);
            keep(outbound, unsent);
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
    takeOver(true);
    goOn();
    List<Outbound> unsent = new ArrayList<>(urgent.size() + bulk.size());
    Outbound next;
    while ((next = poll()) != null) {
      leave(next);
      keep(next, unsent);
    }
    return unsent;
  }

  private static void keep(Outbound outbound, List<Outbound> unsent) {
    if (outbound.request == null) {
      unsent.add(outbound);
    } else {
      outbound.release();
    }
  }
}
