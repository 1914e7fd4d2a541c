package bdk.p2p.simulator.run;

import bdk.p2p.simulator.fault.DrawnFault;
import bdk.p2p.simulator.trace.TraceSink;
import java.util.List;
import java.util.Optional;

/**
 * How a scenario is run.
 *
 * @param seed the same seed gives the same run, on a backend that can repeat runs
 * @param schedule the faults as they were drawn before; drawn from the seed if empty
 * @param progress hears how far it is
 * @param listeners hear of everything
 * @param hook has a hand in every node
 * @param stopsAtBreach true to end the run at the first breach of a claim
 * @param trace is told of every event on the network, on a backend that can repeat runs
 * @param provider makes the backend, rather than the scenario's kind of it
 */
public record RunOptions(
    long seed,
    Optional<List<DrawnFault>> schedule,
    Progress progress,
    List<RunListener> listeners,
    NodeHook hook,
    boolean stopsAtBreach,
    Optional<TraceSink> trace,
    Optional<BackendProvider> provider) {
  /** Copies the lists. */
  public RunOptions {
    schedule = schedule.map(List::copyOf);
    listeners = List.copyOf(listeners);
  }

  /** Just a seed. */
  public static RunOptions seeded(long seed) {
    return new RunOptions(
        seed,
        Optional.empty(),
        status -> {},
        List.of(),
        NodeHook.NONE,
        false,
        Optional.empty(),
        Optional.empty());
  }

  /** The same with somebody who hears how far it is. */
  public RunOptions withProgress(Progress other) {
    return new RunOptions(seed, schedule, other, listeners, hook, stopsAtBreach, trace, provider);
  }

  /** The same with faults that were drawn before. */
  public RunOptions withSchedule(List<DrawnFault> other) {
    return new RunOptions(
        seed, Optional.of(other), progress, listeners, hook, stopsAtBreach, trace, provider);
  }

  /** The same with a hand in every node. */
  public RunOptions withHook(NodeHook other) {
    return new RunOptions(
        seed, schedule, progress, listeners, other, stopsAtBreach, trace, provider);
  }

  /** The same, ended by the first breach of a claim. */
  public RunOptions stoppedAtBreach() {
    return new RunOptions(seed, schedule, progress, listeners, hook, true, trace, provider);
  }

  /** The same with somebody who is told of every event on the network. */
  public RunOptions withTrace(TraceSink other) {
    return new RunOptions(
        seed, schedule, progress, listeners, hook, stopsAtBreach, Optional.of(other), provider);
  }

  /** The same on a backend that somebody else makes. */
  public RunOptions withProvider(BackendProvider other) {
    return new RunOptions(
        seed, schedule, progress, listeners, hook, stopsAtBreach, trace, Optional.of(other));
  }
}
