package bdk.p2p.simulator.world;

/**
 * The life of one node process, or of the world itself. What was put on the agenda in a life that
 * is over never runs. The driver's thread only.
 */
final class Life {
  private final String name;
  private boolean over;

  Life(String name) {
    this.name = name;
  }

  /** Whose life it is, for messages. */
  String name() {
    return name;
  }

  boolean isOver() {
    return over;
  }

  void end() {
    over = true;
  }
}
