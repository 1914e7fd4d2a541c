package bdk.p2p.simulator.bench;

/**
 * What one contender did in one window. Latencies are 0 where nothing is answered.
 *
 * @param perSecond messages, or requests with their answers, a second
 * @param p50Micros the latency that half of the requests stayed below, microseconds
 * @param p99Micros the latency of 99 in 100
 * @param p999Micros the latency of 999 in 1,000
 */
record Window(double perSecond, double p50Micros, double p99Micros, double p999Micros) {
  private static final double NANOS = 1e9;
  private static final double NANOS_PER_MICRO = 1e3;

  static Window of(long messages, long nanos) {
    return new Window(messages * NANOS / nanos, 0, 0, 0);
  }

  static Window of(long answers, long nanos, long p50, long p99, long p999) {
    return new Window(
        answers * NANOS / nanos,
        p50 / NANOS_PER_MICRO,
        p99 / NANOS_PER_MICRO,
        p999 / NANOS_PER_MICRO);
  }
}
