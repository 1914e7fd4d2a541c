package bdk.p2p.session;

import bdk.p2p.budget.NodeBudgets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of what one peer sent is still held: messages in the inbox, handlers that have not
 * finished, answers that are not written. Any thread.
 *
 * <p>At the bound the session stops reading; at half of it, it reads on. One message may overshoot.
 * So it does when what all peers together hold is at its bound and this one holds its part of it:
 * then it reads on when it holds less than that. Only what this peer holds keeps it waiting.
 */
final class InboundShare {
  private final int limitMessages;
  private final long limitBytes;
  private final NodeBudgets budgets;
  private final AtomicInteger messages = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong unsentBytes = new AtomicLong();

  InboundShare(int limitMessages, long limitBytes, NodeBudgets budgets) {
    this.budgets = budgets;
    this.limitMessages = limitMessages;
    this.limitBytes = limitBytes;
  }

  void acquire(int payloadBytes) {
    messages.incrementAndGet();
    bytes.addAndGet(payloadBytes);
    budgets.inboxMessages().take(1);
    budgets.inboxBytes().take(payloadBytes);
  }

  void release(int payloadBytes) {
    messages.decrementAndGet();
    bytes.addAndGet(-payloadBytes);
    budgets.inboxMessages().giveBack(1);
    budgets.inboxBytes().giveBack(payloadBytes);
  }

  /** Exchanges the bytes of a request for those of its answer. */
  void answered(int requestBytes, int answerBytes) {
    bytes.addAndGet((long) answerBytes - requestBytes);
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
    return messages.get() >= limitMessages || bytes.get() >= limitBytes || isFullForAll();
  }

  boolean isHalfEmpty() {
    return messages.get() <= limitMessages / 2 && bytes.get() <= limitBytes / 2 && !isFullForAll();
  }

  private boolean isFullForAll() {
    return budgets.inboxMessages().isFullFor(messages.get())
        || budgets.inboxBytes().isFullFor(bytes.get());
  }

  int messages() {
    return messages.get();
  }

  long bytes() {
    return bytes.get();
  }
}
