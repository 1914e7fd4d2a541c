package bdk.p2p.session;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Messages and bytes of one session in both directions, passed on to the counters of the node.
 * Counts on the event loop only; any thread may look, and sees a count that was right a moment ago.
 */
public final class SessionTraffic {
  private static final int MESSAGES_IN = 0;
  private static final int MESSAGES_OUT = 1;
  private static final int BYTES_IN = 2;
  private static final int BYTES_OUT = 3;

  private final TrafficCounters total;
  // One thread writes: no count needs an atomic step, as the node's do.
  private final AtomicLongArray counts = new AtomicLongArray(4);

  SessionTraffic(TrafficCounters total) {
    this.total = total;
  }

  void received(int messages, long bytes) {
    add(MESSAGES_IN, messages);
    add(BYTES_IN, bytes);
    total.received(messages, bytes);
  }

  void sent(int messages, long bytes) {
    add(MESSAGES_OUT, messages);
    add(BYTES_OUT, bytes);
    total.sent(messages, bytes);
  }

  private void add(int index, long amount) {
    counts.setOpaque(index, counts.getPlain(index) + amount);
  }

  /** Whole messages read. */
  public long messagesIn() {
    return counts.getOpaque(MESSAGES_IN);
  }

  /** Messages handed to the socket. */
  public long messagesOut() {
    return counts.getOpaque(MESSAGES_OUT);
  }

  /** Bytes read, handshakes included. */
  public long bytesIn() {
    return counts.getOpaque(BYTES_IN);
  }

  /** Frame bytes handed to the socket. */
  public long bytesOut() {
    return counts.getOpaque(BYTES_OUT);
  }
}
