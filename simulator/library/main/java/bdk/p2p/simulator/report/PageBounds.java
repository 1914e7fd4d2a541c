package bdk.p2p.simulator.report;

/**
 * How much of a run {@code report.html} shows. {@code report.json} has all of it. Two thousand
 * nodes and as many broadcasts make a file of less than 2.5 megabytes, of which the library is 1.1.
 */
final class PageBounds {
  /** Streams of broadcasts whose curve can be chosen, in the order of the scenario. */
  static final int STREAMS = 16;

  /** Regions, in the order of the scenario. */
  static final int REGIONS = 32;

  /** Claims, broken ones first. */
  static final int CLAIMS = 100;

  /** Lanes of faults, in the order of their beginning. */
  static final int FAULTS = 60;

  /** Nodes that the lane of a fault names. */
  static final int FAULT_NODES = 12;

  /** Points of each curve over the time of the run. */
  static final int SAMPLES = 2_000;

  /** Points of the request latencies; every outcome keeps its slowest. */
  static final int REQUESTS = 4_000;

  /** Nodes in the topology. */
  static final int NODES = 2_000;

  /** Rows in the table of nodes, those that crashed most first. */
  static final int NODE_ROWS = 300;

  /** Broadcasts that can be chosen for the topology; every stream keeps its slowest. */
  static final int BROADCASTS = 60;

  /** Arrival times in the topology: nodes times broadcasts. */
  static final int ARRIVALS = 200_000;

  /** Links in the topology, of those open when one of the broadcasts was published. */
  static final int LINKS = 8_000;

  /** Characters of a name. */
  static final int NAME = 120;

  /** Characters of a sentence. */
  static final int SENTENCE = 1_000;

  private PageBounds() {}
}
