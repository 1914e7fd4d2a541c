package bdk.p2p.manager;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Ids of notifications: a different one each time, spread like random ones (SplitMix64 of Steele,
 * Lea and Flood, 2014). Nobody is harmed who guesses one, so no secure source has to draw them. Any
 * thread.
 */
final class MessageIds {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private final AtomicLong state;

  /**
   * @param seed which ids they are
   */
  MessageIds(long seed) {
    state = new AtomicLong(seed);
  }

  long next() {
    long mixed = state.getAndAdd(GOLDEN_GAMMA);
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
