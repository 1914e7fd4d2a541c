package bdk.p2p.simulator.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What became of one broadcast. Driver's thread only, until the run is over. */
public final class BroadcastRecord {
  private final String stream;
  private final SimulatedNode origin;
  private final int command;
  private final int bytes;
  private final long publishedNanos;
  private final long withinNanos;
  private final Set<SimulatedNode> audience;
  private final Map<SimulatedNode, Long> arrivals = new LinkedHashMap<>();
  private final Map<SimulatedNode, Long> lastHandled = new HashMap<>();
  private final List<String> handledAgain = new ArrayList<>();
  private int duplicates;

  BroadcastRecord(
      String stream,
      SimulatedNode origin,
      int command,
      int bytes,
      long publishedNanos,
      long withinNanos,
      Set<SimulatedNode> audience) {
    this.stream = stream;
    this.origin = origin;
    this.command = command;
    this.bytes = bytes;
    this.publishedNanos = publishedNanos;
    this.withinNanos = withinNanos;
    this.audience = audience;
  }

  void arrived(SimulatedNode node, long nanos) {
    arrivals.putIfAbsent(node, nanos);
    Long last = lastHandled.put(node, nanos);
    // A node that crashed and returned has forgotten what it saw: it may handle it once more.
    if (node == origin && node.startedNanos() <= publishedNanos
        || last != null && node.startedNanos() <= last) {
      handledAgain.add(node.id());
    }
  }

  void duplicate() {
    duplicates++;
  }

  /** The stream it belongs to. */
  public String stream() {
    return stream;
  }

  /** Who published it. */
  public SimulatedNode origin() {
    return origin;
  }

  /** The code of its command. */
  public int command() {
    return command;
  }

  /** The length of its payload. */
  public int bytes() {
    return bytes;
  }

  /** When, in virtual time. */
  public long publishedNanos() {
    return publishedNanos;
  }

  /** How long it may take to its audience. */
  public long withinNanos() {
    return withinNanos;
  }

  /** When all of its audience must have it. */
  public long dueNanos() {
    return publishedNanos + withinNanos;
  }

  /**
   * The other NORMAL nodes that sessions led to, at first or second hand, when it was published.
   */
  public Set<SimulatedNode> audience() {
    return audience;
  }

  /** When each node handled it first, in the order of arrival. */
  public Map<SimulatedNode, Long> arrivals() {
    return arrivals;
  }

  /** The nodes that handled it twice in one life, or handled what they had published. */
  public List<String> handledAgain() {
    return handledAgain;
  }

  /** Copies that reached nodes that had it. */
  public int duplicates() {
    return duplicates;
  }
}
