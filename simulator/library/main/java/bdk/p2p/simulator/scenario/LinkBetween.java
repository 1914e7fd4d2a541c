package bdk.p2p.simulator.scenario;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What lies between the hosts of two groups, both ways, where it differs from what their regions
 * say.
 *
 * @param one a group
 * @param other a group; may be the same
 * @param latencyMillis the least one-way latency
 * @param bitsPerSecond the most between two hosts, per direction; 0 for no limit
 */
public record LinkBetween(
    String one, String other, OptionalDouble latencyMillis, OptionalLong bitsPerSecond) {
  /** True if it speaks of these two groups. */
  public boolean joins(String from, String to) {
    return one.equals(from) && other.equals(to) || one.equals(to) && other.equals(from);
  }
}
