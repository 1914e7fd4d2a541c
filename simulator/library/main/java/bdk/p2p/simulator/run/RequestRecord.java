package bdk.p2p.simulator.run;

import java.util.Optional;

/** What became of one request of the workload. Driver's thread only, until the run is over. */
public final class RequestRecord {
  private final SimulatedNode asker;
  private final int asked;
  private final long askedNanos;
  private final long limitNanos;
  private int endings;
  private long endedNanos = -1;
  private String outcome = "OPEN";

  RequestRecord(SimulatedNode asker, int asked, long askedNanos, long limitNanos) {
    this.asker = asker;
    this.asked = asked;
    this.askedNanos = askedNanos;
    this.limitNanos = limitNanos;
  }

  void ended(long nanos, Optional<String> failure) {
    endings++;
    endedNanos = nanos;
    outcome = failure.orElse("ANSWERED");
  }

  /** Who asked. */
  public SimulatedNode asker() {
    return asker;
  }

  /** The index of the node that was asked; -1 if it was no node of the scenario. */
  public int asked() {
    return asked;
  }

  /** When, from the start of the run. */
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

  /** When it ended last; -1 if it did not. */
  public long endedNanos() {
    return endedNanos;
  }

  /** How it ended: {@code ANSWERED}, the name of another outcome, or {@code OPEN}. */
  public String outcome() {
    return outcome;
  }
}
