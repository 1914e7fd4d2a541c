package bdk.p2p.simulator.fault;

import java.util.Set;
import java.util.random.RandomGenerator;

/** What one occurrence of a fault gets: its victims, its chance and its means. */
public interface FaultContext {
  /** The indexes of the nodes that it strikes, in order. */
  Set<Integer> victims();

  /**
   * When it ends, from the start of the run; {@code Long.MAX_VALUE} if that is up to somebody who
   * may end it at any time.
   */
  long untilNanos();

  /** Its own stream of randomness, untouched by any other fault. */
  RandomGenerator random();

  /** Puts a rule in force until the fault ends. */
  void rule(Rule rule);

  /** Resets the connections that are open now and whose ends are of these; returns how many. */
  int cut(RuleBook.EndsFilter ends);

  /** Runs when the fault ends, before {@link Fault#end}. */
  void atEnd(Runnable action);

  /**
   * What this fault can do to whole nodes. Where others hold the same node, it starts or goes on
   * when the last of them lets it, one that was down before stays down, and wrong clocks add up.
   */
  NodeControl nodes();

  /** The fault has done something to somebody: counted once a call. */
  void bit();
}
