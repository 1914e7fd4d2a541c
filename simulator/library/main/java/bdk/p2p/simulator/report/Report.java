package bdk.p2p.simulator.report;

import bdk.p2p.simulator.oracle.ClaimResult;
import java.util.List;
import java.util.Map;

/**
 * The content of {@code report.json}. Times are milliseconds of virtual time unless said otherwise.
 *
 * @param scenario the name of the scenario
 * @param seed the seed that gives the same run again
 * @param digest the digest of the network trace, in hex
 * @param events network events in the trace
 * @param nodes every node
 * @param links every session ever open
 * @param broadcasts every broadcast of the workload
 * @param requests requests that ended, of the core and the workload, by outcome
 * @param claims what became of each claim
 * @param propagation delays from publication to first arrival, by stream of broadcasts
 * @param virtualMillis virtual time at the end
 * @param wallMillis real time that the run took
 */
public record Report(
    String scenario,
    long seed,
    String digest,
    long events,
    List<Node> nodes,
    List<Link> links,
    List<Broadcast> broadcasts,
    Map<String, Long> requests,
    List<ClaimResult> claims,
    List<Propagation> propagation,
    double virtualMillis,
    double wallMillis) {

  /**
   * A node.
   *
   * @param id its name
   * @param region where it is
   * @param type {@code normal} or {@code discovery}
   * @param address where it listens
   * @param peers its peers at the end; 0 if it was down
   * @param bytesIn bytes read in all its lives
   * @param bytesOut bytes written in all its lives
   * @param crashedAtMillis when it crashed, in order
   */
  public record Node(
      String id,
      String region,
      String type,
      String address,
      int peers,
      long bytesIn,
      long bytesOut,
      List<Double> crashedAtMillis) {}

  /**
   * A session.
   *
   * @param a the node that dialled
   * @param b the node that was dialled
   * @param latencyMillis the least one-way latency, a to b and b to a; jitter only adds
   * @param fromMillis when its first end opened it
   * @param untilMillis when its last end closed it, or the end of the run
   */
  public record Link(
      String a, String b, List<Double> latencyMillis, double fromMillis, double untilMillis) {}

  /**
   * A broadcast.
   *
   * @param stream the stream of the workload
   * @param origin who published it
   * @param bytes its payload
   * @param publishedAtMillis when
   * @param arrivals who handled it first when, in the order of arrival, without the origin
   * @param duplicates copies that reached nodes which had it
   */
  public record Broadcast(
      String stream,
      String origin,
      int bytes,
      double publishedAtMillis,
      List<Arrival> arrivals,
      int duplicates) {}

  /**
   * An arrival.
   *
   * @param node where
   * @param atMillis when
   */
  public record Arrival(String node, double atMillis) {}

  /**
   * How fast a stream of broadcasts spread.
   *
   * @param stream the stream
   * @param broadcasts how many
   * @param expected arrivals that could be expected
   * @param delivered of those, how many came
   * @param p50Millis the median delay of all arrivals
   * @param p95Millis 95 of 100 took at most this
   * @param p99Millis 99 of 100 took at most this
   * @param maxMillis the longest
   * @param duplicatesPerDelivery copies beside the first
   */
  public record Propagation(
      String stream,
      int broadcasts,
      int expected,
      int delivered,
      double p50Millis,
      double p95Millis,
      double p99Millis,
      double maxMillis,
      double duplicatesPerDelivery) {}

  /** True if every claim held. */
  public boolean allClaimsHold() {
    return claims.stream().allMatch(ClaimResult::held);
  }
}
