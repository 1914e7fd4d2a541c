package bdk.p2p.session;

import bdk.p2p.budget.SharedBudget;
import bdk.p2p.message.SendResult;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jctools.queues.atomic.MpscUnboundedAtomicArrayQueue;

/**
 * Where any thread hands messages to the event loop of one session: a JCTools multi-producer queue
 * behind a bound on messages and on bytes.
 *
 * <p>{@link #offer} and {@link #put}: any thread. {@link #poll} and {@link #written}: event loop
 * only. A place is taken by {@code offer} and given back by {@code written}, so what the event loop
 * has taken out but the socket has not taken yet still counts.
 *
 * <p>When all queues of the node together are at their bound, this one is full as soon as it holds
 * its part of it.
 */
final class OutboundQueue {
  private static final int CHUNK = 16;

  private final int limitMessages;
  private final long limitBytes;
  private final SharedBudget budget;
  // The queue itself grows chunk by chunk; the two counters bound it.
  private final Queue<Outbound> queue = new MpscUnboundedAtomicArrayQueue<>(CHUNK);
  private final AtomicInteger messages = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();

  OutboundQueue(int limitMessages, long limitBytes, SharedBudget budget) {
    this.budget = budget;
    this.limitMessages = limitMessages;
    this.limitBytes = limitBytes;
  }

  /**
   * Takes the message if there is room. Never blocks.
   *
   * @return {@link SendResult#QUEUED} or {@link SendResult#QUEUE_FULL}
   */
  SendResult offer(Outbound outbound) {
    if (messages.incrementAndGet() > limitMessages) {
      messages.decrementAndGet();
      return SendResult.QUEUE_FULL;
    }
    long before = bytes.getAndAdd(outbound.frameBytes);
    if (before > 0 && (before + outbound.frameBytes > limitBytes || budget.isFullFor(before))) {
      bytes.addAndGet(-outbound.frameBytes);
      messages.decrementAndGet();
      return SendResult.QUEUE_FULL;
    }
    enter(outbound);
    return SendResult.QUEUED;
  }

  /**
   * Takes the message in any case: for answers, which the inbox bounds, and the core's own pings.
   */
  void put(Outbound outbound) {
    messages.incrementAndGet();
    bytes.addAndGet(outbound.frameBytes);
    enter(outbound);
  }

  private void enter(Outbound outbound) {
    if (outbound.frame != null) {
      outbound.frame.enterQueue(budget);
    } else {
      budget.take(outbound.frameBytes);
    }
    queue.add(outbound);
  }

  /** The next message in the order of hand-over, or null. */
  Outbound poll() {
    return queue.poll();
  }

  /**
   * Gives the place of a message back that {@link #poll} returned and that is now written or
   * dropped.
   */
  void written(Outbound outbound) {
    messages.decrementAndGet();
    bytes.addAndGet(-outbound.frameBytes);
    if (outbound.frame != null) {
      outbound.frame.leaveQueue(budget);
    } else {
      budget.giveBack(outbound.frameBytes);
    }
  }

  /** Messages that hold a place; a snapshot. Any thread. */
  int messages() {
    return messages.get();
  }

  /** Frame bytes that hold a place; a snapshot. Any thread. */
  long bytes() {
    return bytes.get();
  }
}
