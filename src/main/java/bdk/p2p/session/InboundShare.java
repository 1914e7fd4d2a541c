package bdk.p2p.session;

import bdk.p2p.budget.NodeBudgets;
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
  private final Holding holding = new Holding();
  private final AtomicLong unsentBytes = new AtomicLong();

  InboundShare(int limitMessages, long limitBytes, NodeBudgets budgets) {
    this.budgets = budgets;
    this.limitMessages = limitMessages;
    this.limitBytes = limitBytes;
  }

  void acquire(int payloadBytes) {
    holding.add(1, payloadBytes);
    budgets.inboxMessages().take(1);
    budgets.inboxBytes().take(payloadBytes);
  }

  void release(int payloadBytes) {
    holding.add(-1, -payloadBytes);
    budgets.inboxMessages().giveBack(1);
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
