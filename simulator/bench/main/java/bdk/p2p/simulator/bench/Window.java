package bdk.p2p.simulator.bench;

/**
 * What one contender did in one window. What a case does not measure is 0.
 *
 * @param perSecond messages, requests with their answers, starts or new sessions, a second
 * @param p50Micros the latency that half of the requests stayed below, microseconds
 * @param p99Micros the latency of 99 in 100
 * @param p999Micros the latency of 999 in 1,000
 * @param madeBytes what both processes allocated on their heaps for each message
 * @param heapBytes what each idle session holds of the heap
 * @param directBytes what each idle session holds beside the heap
 */
record Window(
    double perSecond,
    double p50Micros,
    double p99Micros,
    double p999Micros,
    double madeBytes,
    double heapBytes,
    double directBytes) {
  private static final double NANOS = 1e9;
  private static final double NANOS_PER_MICRO = 1e3;

  /** So many of anything in so many nanoseconds. */
  static Window of(long count, long nanos) {
    return new Window(count * NANOS / nanos, 0, 0, 0, 0, 0, 0);
  }

  /** The same, for which so much was allocated. */
  static Window of(long messages, long nanos, long madeBytes) {
    return of(messages, nanos).withMade((double) madeBytes / messages);
  }

  /** With latencies in nanoseconds. */
  Window withLatencies(long p50, long p99, long p999) {
    return new Window(
        perSecond,
        p50 / NANOS_PER_MICRO,
        p99 / NANOS_PER_MICRO,
        p999 / NANOS_PER_MICRO,
        madeBytes,
        heapBytes,
        directBytes);
  }

  /** With what each idle session holds. */
  Window withMemory(double heap, double direct) {
    return new Window(perSecond, p50Micros, p99Micros, p999Micros, madeBytes, heap, direct);
  }

  private Window withMade(double bytes) {
    return new Window(perSecond, p50Micros, p99Micros, p999Micros, bytes, heapBytes, directBytes);
  }
}
