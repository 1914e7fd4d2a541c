package bdk.p2p.session;

import java.util.concurrent.atomic.LongAdder;

/** Messages and bytes of all sessions of a node together, in both directions. Any thread. */
public final class TrafficCounters {
  private final LongAdder messagesIn = new LongAdder();
  private final LongAdder messagesOut = new LongAdder();
  private final LongAdder bytesIn = new LongAdder();
  private final LongAdder bytesOut = new LongAdder();

  /** Counters at zero. */
  public TrafficCounters() {}

  void received(int messages, long bytes) {
    messagesIn.add(messages);
    bytesIn.add(bytes);
  }

  void sent(int messages, long bytes) {
    messagesOut.add(messages);
    bytesOut.add(bytes);
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
