package bdk.p2p.simulator.fault;

/**
 * A rule that never stops anything, and so is asked only about what all others let pass: else it
 * would count what is held again and again, and what it did would be forgotten. Immutable.
 *
 * @param alone what it makes of a passage
 * @param takesPieces as {@link Rule#takesPieces} says
 */
record WhollyPassed(Rule alone, boolean takesPieces) implements Rule {
  @Override
  public Fate judge(Passage passage) {
    return alone.judge(passage);
  }

  @Override
  public int rank() {
    return WHOLLY_PASSED;
  }
}
