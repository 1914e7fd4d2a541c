package bdk.p2p.session;

import bdk.p2p.budget.SharedBudget;
import bdk.p2p.message.SendResult;
import java.lang.invoke.VarHandle;
import org.jctools.queues.MessagePassingQueue;
import org.jctools.queues.atomic.MpscGrowableAtomicArrayQueue;

/**
 * Where any thread hands messages to the event loop of one session: a JCTools multi-producer queue
 * behind a bound on messages and on bytes.
 *
 * <p>{@link #offer}, {@link #put} and whether there is room: any thread. {@link #poll} and {@link
 * #written}, at once or noted first: event loop only. A place is taken by {@code offer} and given
 * back by {@code written}, so what the event loop has taken out but the socket has not taken yet
 * still counts.
 *
 * <p>When all queues of the node together are at their bound, this one is full as soon as it holds
 * its part of it.
 */
final class OutboundQueue {
  private static final int FIRST_CHUNK = 16;

  /** Far more than the bound on messages can be. */
  private static final int MOST = 1 << 30;

  private final int limitMessages;
  private final long limitBytes;
  private final SharedBudget budget;
  // Grows to what it has held, and no more: while one thread adds a chunk all others spin, and with
  // more threads than processors that one may not run for a long time. What it holds bounds it.
  private final MessagePassingQueue<Outbound> queue =
      new MpscGrowableAtomicArrayQueue<>(FIRST_CHUNK, MOST);
  private final Holding holding = new Holding();
  // Of the event loop: written, and not given back yet.
  private int notedMessages;
  private long notedBytes;
  private long notedOwnBytes;

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
    long before = holding.add(1, outbound.frameBytes);
    if (!hasRoom(before, outbound.frameBytes)) {
      holding.add(-1, -outbound.frameBytes);
      return SendResult.QUEUE_FULL;
    }
    enter(outbound);
    return SendResult.QUEUED;
  }

  /** True if a frame would find room now. */
  boolean hasRoomFor(int frameBytes) {
    return hasRoom(holding.get(), frameBytes);
  }

  /**
   * True if the frame would find room now and at most half of what may wait here does, so that
   * whoever waited for it goes on for a while.
   */
  boolean hasMuchRoomFor(int frameBytes) {
    long held = holding.get();
    return hasRoom(held, frameBytes)
        && Holding.messages(held) <= limitMessages / 2
        && Holding.bytes(held) <= limitBytes / 2;
  }

  private boolean hasRoom(long before, int frameBytes) {
    long bytes = Holding.bytes(before);
    return Holding.messages(before) < limitMessages
        && (bytes == 0 || bytes + frameBytes <= limitBytes && !budget.isFullFor(bytes));
  }

  /**
   * Takes the message in any case: for answers, which the inbox bounds, and the core's own pings.
   */
  void put(Outbound outbound) {
    holding.add(1, outbound.frameBytes);
    enter(outbound);
  }

  private void enter(Outbound outbound) {
    if (outbound.frame != null) {
      outbound.frame.enterQueue(budget);
    } else {
      budget.take(outbound.frameBytes);
    }
    if (!queue.offer(outbound)) {
      throw new AssertionError(messages() + " messages in a queue");
    }
    // The queue publishes it by a plain release: whoever looks next whether a drain is under way
    // must not look earlier (OutboundQueueTest.messageIsThereOrItsThreadSeesThatTheDrainIsOver).
    VarHandle.fullFence();
  }

  /**
   * The next message in the order of hand-over, or null; null also while its thread is still
   * handing it over, which is not waited for: it asks for a drain afterwards.
   */
  Outbound poll() {
    return queue.relaxedPoll();
  }

  /** The next message; waits for the moment in which its thread hands it over. */
  Outbound pollCertainly() {
    return queue.poll();
  }

  /** True if none is there, and none is being handed over. */
  boolean isEmpty() {
    return queue.isEmpty();
  }

  /**
   * Gives the place of a message back that {@link #poll} returned and that is now written or
   * dropped.
   */
  void written(Outbound outbound) {
    noteWritten(outbound);
    giveBackNoted();
  }

  /** Notes that a message is written; its place is given back by {@link #giveBackNoted}. */
  void noteWritten(Outbound outbound) {
    notedMessages++;
    notedBytes += outbound.frameBytes;
    if (outbound.frame != null) {
      outbound.frame.leaveQueue(budget);
    } else {
      notedOwnBytes += outbound.frameBytes;
    }
  }

  /** Gives all noted places back at once: one step for many messages. */
  void giveBackNoted() {
    holding.add(-notedMessages, -notedBytes);
    budget.giveBack(notedOwnBytes);
    notedMessages = 0;
    notedBytes = 0;
    notedOwnBytes = 0;
  }

  /** Messages that hold a place; a snapshot. Any thread. */
  int messages() {
    return Holding.messages(holding.get());
  }

  /** Frame bytes that hold a place; a snapshot. Any thread. */
  long bytes() {
    return Holding.bytes(holding.get());
  }
}
