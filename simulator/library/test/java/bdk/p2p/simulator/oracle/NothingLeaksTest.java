package bdk.p2p.simulator.oracle;

import bdk.p2p.simulator.backend.Leftovers;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NothingLeaksTest extends ClaimCase {
  @BeforeEach
  void watch() {
    judge(new NothingLeaks());
  }

  @Test
  void holdsIfNothingIsLeftOrNobodyKnows() {
    assertHolds();
    run.leave(new Leftovers(0, 0, 0, 0, 0, List.of()));
    assertHolds();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, 0, 0, 0, 1 channels",
    "0, 1, 0, 0, 0, 1 connections",
    "0, 0, 1, 0, 0, 1 timers",
    "0, 0, 0, 1, 0, 1 things to come",
    "0, 0, 0, 0, 1, 1 bytes of buffers"
  })
  void breaksIfAnythingIsLeft(
      int channels, int connections, int timers, int planned, long bytes, String evidence) {
    run.leave(new Leftovers(channels, connections, timers, planned, bytes, List.of()));
    assertBreaks(evidence);
  }

  @Test
  void breaksIfThreadIsLeft() {
    run.leave(new Leftovers(0, 0, 0, 0, 0, List.of("stray")));
    assertBreaks("the threads [stray]");
  }
}
