package bdk.p2p.simulator.world;

/**
 * Segments, first in first out, linked to one another: a large network has a hundred thousand of
 * these queues, most of them empty, and an array for each would be a cache miss for each segment.
 * Bounded by the window of its flow. The driver's thread only.
 */
final class SegmentQueue {
  private Segment first;
  private Segment last;

  boolean isEmpty() {
    return first == null;
  }

  void add(Segment segment) {
    if (first == null) {
      first = segment;
    } else {
      last.next = segment;
    }
    last = segment;
  }

  /** The first one, or null. */
  Segment peek() {
    return first;
  }

  /** Takes the first one out; null if there is none. */
  Segment poll() {
    Segment taken = first;
    if (taken != null) {
      first = taken.next;
      taken.next = null;
    }
    return taken;
  }

  /** Releases them all. */
  void release() {
    for (Segment each = poll(); each != null; each = poll()) {
      each.release();
    }
  }
}
