package bdk.p2p.simulator.run;

/** What became of one request of the workload. Driver's thread only, until the run is over. */
public final class RequestRecord {
  private final SimulatedNode asker;
  private final long askedNanos;
  private final long limitNanos;
  private int endings;

  RequestRecord(SimulatedNode asker, long askedNanos, long limitNanos) {
    this.asker = asker;
    this.askedNanos = askedNanos;
    this.limitNanos = limitNanos;
  }

  void ended() {
    endings++;
  }

  /** Who asked. */
  public SimulatedNode asker() {
    return asker;
  }

  /** When, in virtual time. */
  public long askedNanos() {
    return askedNanos;
  }

  /** When it must have ended. */
  public long dueNanos() {
    return askedNanos + limitNanos;
  }

  /** How often it ended, with an answer or without. */
  public int endings() {
    return endings;
  }
}
