package bdk.p2p.environment;

/**
 * Whether a thread that has run out of work looks again for some microseconds before it sleeps. To
 * sleep and to be woken costs more than that, if something comes at once. It looks again for as
 * long as that finds something about every third time, and otherwise now and then, to see whether
 * it does by now. One thread at a time.
 */
final class Patience {
  /** How long it looks again, at least. */
  static final long NANOS = 50_000;

  /** How often, at least: where others want the processor, a look that yields takes long. */
  static final int LOOKS = 40;

  /**
   * How long it looks again, at most. What it finds later it has not found by looking: others keep
   * the processor, and let somebody run sooner who is woken than somebody who yields.
   */
  static final long MOST_NANOS = 300_000;

  private static final int MOST_CREDIT = 16;

  /** What one time that has paid makes good of those in vain. */
  private static final int PAID = 2;

  /** Where it has found nothing, one of so many times. */
  private static final int PROBE_EVERY = 32;

  private int credit;
  private int refused;

  /** True if so many looks in so long a time were enough. */
  static boolean isOver(int looks, long nanos) {
    return looks >= LOOKS && nanos >= NANOS || nanos >= MOST_NANOS;
  }

  /** True if it is to look again now; it then says whether it has found something. */
  boolean isWorthwhile() {
    if (credit > 0) {
      return true;
    }
    refused = (refused + 1) % PROBE_EVERY;
    return refused == 0;
  }

  /** It has found something, after so long a time. */
  void found(long nanos) {
    if (nanos < MOST_NANOS) {
      credit = Math.min(MOST_CREDIT, credit + PAID);
    } else {
      foundNothing();
    }
  }

  void foundNothing() {
    credit = Math.max(0, credit - 1);
  }
}
