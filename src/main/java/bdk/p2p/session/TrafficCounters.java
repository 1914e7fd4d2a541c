package bdk.p2p.session;

import java.util.concurrent.atomic.LongAdder;

/**
 * Messages and bytes in both directions, of one session and of its node together. Any thread.
 *
 * <p>A session's counters pass everything on to those of the node.
 */
public final class TrafficCounters {
  private final TrafficCounters total;
  private final LongAdder messagesIn = new LongAdder();
  private final LongAdder messagesOut = new LongAdder();
  private final LongAdder bytesIn = new LongAdder();
  private final LongAdder bytesOut = new LongAdder();

  /** Counters of a node. */
  public TrafficCounters() {
    this(null);
  }

  TrafficCounters(TrafficCounters total) {
    this.total = total;
  }

  void received(int messages, long bytes) {
    messagesIn.add(messages);
    bytesIn.add(bytes);
    if (total != null) {
      total.received(messages, bytes);
    }
  }

  void sent(int messages, long bytes) {
    messagesOut.add(messages);
    bytesOut.add(bytes);
    if (total != null) {
      total.sent(messages, bytes);
    }
  }

  /** Whole messages read. */
  public long messagesIn() {
    return messagesIn.sum();
  }

  /** Messages handed to the socket. */
  public long messagesOut() {
    return messagesOut.sum();
  }

  /** Bytes read, handshakes included. */
  public long bytesIn() {
    return bytesIn.sum();
  }

  /** Frame bytes handed to the socket. */
  public long bytesOut() {
    return bytesOut.sum();
  }
}
