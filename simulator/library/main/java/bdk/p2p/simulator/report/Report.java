package bdk.p2p.simulator.report;

import bdk.p2p.simulator.oracle.ClaimResult;
import java.util.List;
import java.util.Map;

/**
 * The content of {@code report.json}. Times are milliseconds of the run's time since the start,
 * which is virtual or real with its backend, unless said otherwise. Lists are empty where the run had
 * nothing of the kind, or did not keep it.
 *
 * @param version of this layout, {@link #VERSION}
 * @param scenario the name of the scenario
 * @param backend the name of the backend
 * @param seed the seed that gives the same run again
 * @param replay the command that gives the same run again
 * @param versions the versions of {@code bdk-sim} and {@code java}
 * @param digest the digest of the network trace, in hex; empty if the backend cannot repeat runs
 * @param events network events in the trace
 * @param regions the names of the regions, in the order of the scenario
 * @param nodes every node
 * @param links every session ever open
 * @param faults what was done to the network, in the order of their beginning
 * @param broadcasts every broadcast of the workload
 * @param requests requests that ended, of the core and the workload, by outcome
 * @param requestLatencies requests of the workload that ended, in the order of asking
 * @param samples the state of the whole network, about once a second, in order
 * @param claims what became of each claim
 * @param propagation delays from publication to first arrival, by stream of broadcasts
 * @param virtualMillis the run's time at the end
 * @param wallMillis real time that the run took
 */
public record Report(
    int version,
    String scenario,
    String backend,
    long seed,
    String replay,
    Map<String, String> versions,
    String digest,
    long events,
    List<String> regions,
    List<Node> nodes,
    List<Link> links,
    List<Fault> faults,
    List<Broadcast> broadcasts,
    Map<String, Long> requests,
    List<RequestSample> requestLatencies,
    List<Sample> samples,
    List<ClaimResult> claims,
    List<Propagation> propagation,
    double virtualMillis,
    double wallMillis) {
  /** The layout that this class describes; another one for every change that is not an addition. */
  public static final int VERSION = 1;

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
   * Something that was done to the network.
   *
   * @param id its name, unique in the run
   * @param kind what it does, in a word: {@code crash}, {@code partition} and so on
   * @param nodes the nodes it touched, by id
   * @param fromMillis when it began
   * @param untilMillis when it ended, or the end of the run
   * @param bit how often it did something: a crash once a node, a loss once a segment lost
   * @param detail what it did, in a few words
   */
  public record Fault(
      String id,
      String kind,
      List<String> nodes,
      double fromMillis,
      double untilMillis,
      long bit,
      String detail) {}

  /**
   * The whole network at one time. What is counted since the start never falls, not even when nodes
   * crash.
   *
   * @param atMillis when
   * @param sessions sessions open
   * @param nodesUp nodes that are up
   * @param bytesIn bytes read by all nodes since the start
   * @param bytesOut bytes written by all nodes since the start
   * @param deliveries first arrivals of broadcasts at a node since the start
   * @param duplicates copies of broadcasts at nodes which had them, since the start
   */
  public record Sample(
      double atMillis,
      int sessions,
      int nodesUp,
      long bytesIn,
      long bytesOut,
      long deliveries,
      long duplicates) {}

  /**
   * One request that ended.
   *
   * @param atMillis when it was asked
   * @param tookMillis until it ended
   * @param outcome how
   */
  public record RequestSample(double atMillis, double tookMillis, String outcome) {}

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
   * @param reach the share of the expected that was reached, by time since publication
   * @param regions the same by region of the node that was reached; regions without an expected
   *     arrival are left out
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
      double duplicatesPerDelivery,
      List<Reached> reach,
      List<RegionPropagation> regions) {}

  /**
   * How fast a stream of broadcasts spread to the nodes of one region.
   *
   * @param region where
   * @param expected arrivals that could be expected
   * @param delivered of those, how many came
   * @param p50Millis the median delay
   * @param p95Millis 95 of 100 took at most this
   * @param p99Millis 99 of 100 took at most this
   * @param maxMillis the longest
   * @param reach the share of the expected that was reached, by time since publication
   */
  public record RegionPropagation(
      String region,
      int expected,
      int delivered,
      double p50Millis,
      double p95Millis,
      double p99Millis,
      double maxMillis,
      List<Reached> reach) {}

  /**
   * A point of a curve, which has at most 200 of them.
   *
   * @param afterMillis time since publication
   * @param share the part of the expected arrivals that had come by then, 0 to 1
   */
  public record Reached(double afterMillis, double share) {}

  /** True if every claim held. */
  public boolean allClaimsHold() {
    return claims.stream().allMatch(ClaimResult::held);
  }
}
