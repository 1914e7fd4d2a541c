package bdk.p2p.simulator.bench;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** Requests of which a number is open at any time, and how long each of them took. */
final class OpenRequests {
  private static final long HIGHEST_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final int DIGITS = 3;

  private final Recorder latencies = new Recorder(HIGHEST_NANOS, DIGITS);
  private final LongAdder answered = new LongAdder();
  private final Asker asker;
  private final byte[] payload;
  private final CountDownLatch open;
  private volatile boolean goesOn = true;

  /** Begins. */
  OpenRequests(Asker asker, int bytes, int count) {
    this.asker = asker;
    payload = new byte[bytes];
    open = new CountDownLatch(count);
    for (int n = 0; n < count; n++) {
      ask();
    }
  }

  private void ask() {
    long start = System.nanoTime();
    asker.request(
        payload,
        () -> {
          latencies.recordValue(Math.min(System.nanoTime() - start, HIGHEST_NANOS));
          answered.increment();
          if (goesOn) {
            ask();
          } else {
            open.countDown();
          }
        });
  }

  /** Forgets the latencies until now. */
  void reset() {
    latencies.reset();
  }

  /** The latencies since the reset, nanoseconds. */
  Histogram latencies() {
    return latencies.getIntervalHistogram();
  }

  /** Sends no more, and waits for the last answers; returns how many there were in all. */
  long end() throws InterruptedException {
    goesOn = false;
    open.await();
    return answered.sum();
  }
}
