package bdk.p2p.broadcast;

/**
 * The first 128 bits of SHA-256 over command and payload: what tells one broadcast from another.
 */
record BroadcastKey(long high, long low) {
  // As for MessageId: quick from the first broadcast on.

  @Override
  public boolean equals(Object other) {
    return other instanceof BroadcastKey key && high == key.high && low == key.low;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(high);
  }
}
