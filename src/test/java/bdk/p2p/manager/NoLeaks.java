package bdk.p2p.manager;

import io.netty.buffer.ByteBufAllocator;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class if a buffer was forgotten in it, or in one before it. Used by {@link
 * ExtendWith}.
 */
final class NoLeaks implements AfterAllCallback {
  private static final int ROUNDS = 3;
  private static final long ROUND_NANOS = 10_000_000;

  @Override
  public void afterAll(ExtensionContext context) {
    for (int round = 0; round < ROUNDS; round++) {
      lookForLeaks();
    }
    if (!LeakCollector.FOUND.isEmpty()) {
      AssertionError leak = new AssertionError("leaked: " + LeakCollector.FOUND);
      LeakCollector.FOUND.clear();
      throw leak;
    }
  }

  /** Forgotten buffers are found when they are collected and another one is made. */
  static void lookForLeaks() {
    System.gc();
    LockSupport.parkNanos(ROUND_NANOS);
    ByteBufAllocator.DEFAULT.buffer(1).release();
  }
}
