package bdk.p2p.budget;

import java.util.concurrent.atomic.LongAdder;

/**
 * An amount that all connections of a node share, of bytes or of messages. Any thread, no lock.
 *
 * <p>Until the whole limit is taken everybody takes as much as its own bound allows. From then on
 * it is full for whoever has its fair share, the limit divided by the number of holders, and for
 * nobody else: whoever takes little is never kept waiting by those who take much. So the sum stays
 * below twice the limit, and what each holder takes at once above its share.
 */
public final class SharedBudget {
  private final long limit;
  private final Holders holders;
  // Written by all threads for each message, read far less often.
  private final LongAdder taken = new LongAdder();

  /**
   * @param limit above zero
   * @param holders who shares it
   */
  public SharedBudget(long limit, Holders holders) {
    this.limit = limit;
    this.holders = holders;
  }

  /** Takes in any case. */
  public void take(long amount) {
    taken.add(amount);
  }

  /** Gives back what was taken. */
  public void giveBack(long amount) {
    taken.add(-amount);
  }

  /** True if the limit is reached, and a holder that has this much has its share of it. */
  public boolean isFullFor(long own) {
    // In this order: to look at one's own amount costs far less than to look at that of all.
    return own >= fairShare() && taken.sum() >= limit;
  }

  /** The part of each holder when all of them want as much as they can get. */
  public long fairShare() {
    return Math.max(1, limit / holders.count());
  }

  /** True if more is taken than the limit. */
  public boolean isExceeded() {
    return taken.sum() > limit;
  }

  /** True if more is taken than twice the limit: more than the rule of fair shares lets through. */
  public boolean isTakenTwice() {
    return taken.sum() / 2 > limit;
  }

  /** What is taken now. */
  public long taken() {
    return taken.sum();
  }

  /** What may be taken. */
  public long limit() {
    return limit;
  }
}
