package bdk.p2p.simulator.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunLogTest {
  private final RunLog log = new RunLog();
  private final List<Integer> passed = new ArrayList<>();

  /** So many as there may be after the driver has stopped a node, which takes seconds. */
  @Test
  void whatOthersTellIsPassedOnInTheirOrderHoweverMuchItIs() throws InterruptedException {
    int count = 200_000;
    Thread other =
        new Thread(
            () -> IntStream.range(0, count).forEach(one -> log.onDriver(() -> enterAndNote(one))));
    other.start();
    other.join();
    log.drain();
    assertEquals(IntStream.range(0, count).boxed().toList(), passed);
  }

  private void enterAndNote(int one) {
    log.entersDriver();
    passed.add(one);
  }

  @Test
  void whatTheDriverTellsComesBehindWhatOthersHaveTold() throws InterruptedException {
    Thread other = new Thread(() -> log.onDriver(() -> passed.add(1)));
    other.start();
    other.join();
    log.onDriver(() -> passed.add(2));
    assertEquals(List.of(1, 2), passed);
  }
}
