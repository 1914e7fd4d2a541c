package bdk.p2p.environment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class BatchedRandomTest {
  private static final int THREADS = 4;
  private static final int NUMBERS = 10_000;

  /** Counts up, so that a number which is left out or given twice shows. */
  private static final class Counting extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private byte next;

    @Override
    public synchronized void nextBytes(byte[] bytes) {
      for (int n = 0; n < bytes.length; n += Long.BYTES) {
        bytes[n + Long.BYTES - 1] = next++;
      }
    }
  }

  @Test
  void everyNumberOfTheSourceIsGivenOnceAndInOrder() {
    BatchedRandom random = new BatchedRandom(new Counting());
    for (int n = 0; n < 1000; n++) {
      assertEquals((byte) n, (byte) random.nextLong());
    }
  }

  @Test
  void threadsNeverShareANumber() throws Exception {
    BatchedRandom random = new BatchedRandom(new SecureRandom());
    Callable<List<Long>> draw =
        () -> {
          List<Long> drawn = new ArrayList<>();
          for (int n = 0; n < NUMBERS; n++) {
            drawn.add(random.nextLong());
          }
          return drawn;
        };
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      Set<Long> all = new HashSet<>();
      for (Future<List<Long>> one : threads.invokeAll(List.of(draw, draw, draw, draw))) {
        all.addAll(one.get());
      }
      // 64 bits: that two of so few are equal by chance does not happen.
      assertEquals(THREADS * NUMBERS, all.size());
    } finally {
      threads.shutdownNow();
    }
  }
}
