package bdk.p2p.session;

import bdk.p2p.budget.NodeBudgets;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of what one peer sent is still held: messages in the inbox, handlers that have not
 * finished, answers that are not written. Any thread, but {@link #acquire} and {@link #tellBudgets}
 * are of the event loop, {@link #noteDone} and {@link #giveBackNoted} of whoever runs the inbox:
 * those two do for many small messages in one step what would cost each of them several.
 *
 * <p>At the bound the session stops reading; at half of it, it reads on. One message may overshoot.
 * So it does when what all peers together hold is at its bound and this one holds its part of it:
 * then it reads on when it holds less than that. Only what this peer holds keeps it waiting.
 */
final class InboundShare {
  /** So much is told the budgets at once; others see it that much later. */
  private static final int UNTOLD_MESSAGES = 32;

  private static final int UNTOLD_BYTES = 64 << 10;

  /** No more of the share than this part of it is given back later. */
  private static final int NOTED_PART = 4;

  private final int limitMessages;
  private final long limitBytes;
  private final NodeBudgets budgets;
  private final Holding holding = new Holding();
  private final AtomicLong unsentBytes = new AtomicLong();
  // Of the event loop: held, and not told the budgets.
  private int untoldMessages;
  private long untoldBytes;
  // Of whoever runs the inbox: done with, and not given back.
  private int notedMessages;
  private long notedBytes;

  InboundShare(int limitMessages, long limitBytes, NodeBudgets budgets) {
    this.budgets = budgets;
    this.limitMessages = limitMessages;
    this.limitBytes = limitBytes;
  }

  /** Takes a message in any case. */
  void acquire(int payloadBytes) {
    holding.add(1, payloadBytes);
    untoldMessages++;
    untoldBytes += payloadBytes;
    if (untoldMessages >= UNTOLD_MESSAGES || untoldBytes >= UNTOLD_BYTES) {
      tellBudgets();
    }
  }

  /** Tells the budgets what they do not know yet; at the end of each reading at the latest. */
  void tellBudgets() {
    if (untoldMessages > 0) {
      budgets.inboxMessages().take(untoldMessages);
      budgets.inboxBytes().take(untoldBytes);
      untoldMessages = 0;
      untoldBytes = 0;
    }
  }

  void release(int payloadBytes) {
    release(1, payloadBytes);
  }

  /**
   * Notes that a message is done with; its place is given back by {@link #giveBackNoted}.
   *
   * @return true if that must not wait any longer
   */
  boolean noteDone(int payloadBytes) {
    notedMessages++;
    notedBytes += payloadBytes;
    return notedMessages >= limitMessages / NOTED_PART || notedBytes >= limitBytes / NOTED_PART;
  }

  /** Gives all noted places back; false if there are none. */
  boolean giveBackNoted() {
    if (notedMessages == 0) {
      return false;
    }
    release(notedMessages, notedBytes);
    notedMessages = 0;
    notedBytes = 0;
    return true;
  }

  private void release(int messages, long payloadBytes) {
    holding.add(-messages, -payloadBytes);
    budgets.inboxMessages().giveBack(messages);
    budgets.inboxBytes().giveBack(payloadBytes);
  }

  /** Exchanges the bytes of a request for those of its answer. */
  void answered(int requestBytes, int answerBytes) {
    holding.add(0, (long) answerBytes - requestBytes);
    unsentBytes.addAndGet(answerBytes);
    budgets.inboxBytes().take((long) answerBytes - requestBytes);
  }

  /** The socket has taken an answer, or never will. */
  void releaseAnswer(int answerBytes) {
    unsentBytes.addAndGet(-answerBytes);
    release(answerBytes);
  }

  /**
   * False while the peer's unsent answers alone fill its share: what it has asked beyond them waits
   * unhandled, or a thousand small requests could become a thousand large answers.
   */
  boolean mayAnswer() {
    long unsent = unsentBytes.get();
    return unsent < limitBytes && !budgets.inboxBytes().isFullFor(unsent);
  }

  boolean isFull() {
    long held = holding.get();
    return Holding.messages(held) >= limitMessages
        || Holding.bytes(held) >= limitBytes
        || isFullForAll(held);
  }

  /** True if all peers together hold more than the node may. */
  boolean isTooMuchForAll() {
    return budgets.inboxMessages().isExceeded() || budgets.inboxBytes().isExceeded();
  }

  boolean isHalfEmpty() {
    long held = holding.get();
    return Holding.messages(held) <= limitMessages / 2
        && Holding.bytes(held) <= limitBytes / 2
        && !isFullForAll(held);
  }

  private boolean isFullForAll(long held) {
    return budgets.inboxMessages().isFullFor(Holding.messages(held))
        || budgets.inboxBytes().isFullFor(Holding.bytes(held));
  }

  int messages() {
    return Holding.messages(holding.get());
  }

  long bytes() {
    return Holding.bytes(holding.get());
  }
}
