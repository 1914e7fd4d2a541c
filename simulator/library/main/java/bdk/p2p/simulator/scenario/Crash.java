package bdk.p2p.simulator.scenario;

import java.time.Duration;

/**
 * Nodes that lose power, without a word to their peers, and come back with nothing of what they
 * knew. The nodes are drawn at random from the NORMAL ones; they go one after the other.
 *
 * @param nodes how many
 * @param after from the beginning of the workload to the first crash
 * @param every between two crashes
 * @param downFor how long each is down
 */
public record Crash(int nodes, Duration after, Duration every, Duration downFor) {
  /** From the beginning of the workload until the last of them is back. */
  Duration lastReturn() {
    return after.plus(every.multipliedBy(nodes - 1)).plus(downFor);
  }
}
