package bdk.p2p.manager;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;

class NoLeaksTest {
  @Test
  void forgottenBufferIsFound() {
    ByteBufAllocator.DEFAULT.buffer(64).touch("forgotten on purpose");
    Await.until(
        "the leak",
        () -> {
          NoLeaks.lookForLeaks();
          return LeakCollector.FOUND.removeIf(leak -> leak.contains("forgotten on purpose"));
        });
  }

  @Test
  void forgottenBufferFailsTheClass() {
    LeakCollector.FOUND.add("planted");
    AssertionError failure = null;
    try {
      new NoLeaks().afterAll(null);
    } catch (AssertionError leak) {
      failure = leak;
    }
    assertTrue(failure != null && failure.getMessage().contains("planted"));
    assertFalse(LeakCollector.FOUND.contains("planted"));
  }

  @Test
  void releasedBufferIsNotFound() {
    ByteBufAllocator.DEFAULT.buffer(64).touch("released in time").release();
    NoLeaks.lookForLeaks();
    NoLeaks.lookForLeaks();
    assertFalse(LeakCollector.FOUND.stream().anyMatch(leak -> leak.contains("released in time")));
  }
}
