package bdk.p2p.simulator.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.simulator.bench.BenchCase.Kind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A small case of every kind runs with every contender; how fast, says nothing here. */
class BenchIT {
  private static void run(BenchCase one) throws Exception {
    try (Keys keys = Keys.make()) {
      Bench bench = new Bench(1, 250, 50, 1, Optional.of(keys));
      BenchResult result = bench.run(one);
      for (int again = 0; again < 3 && stoodStill(one.kind(), result); again++) {
        result = bench.run(one);
      }
      assertEquals(
          one.contenders().stream().map(Contender::shown).collect(Collectors.toSet()),
          result.windows().keySet());
      result
          .windows()
          .forEach(
              (contender, windows) -> {
                assertEquals(1, windows.size());
                check(one.kind(), contender, windows.get(0));
              });
    }
    ProcessHandle.current().children().forEach(child -> child.onExit().join());
  }

  /** Nothing came of a window so short if the machine had other things to do. */
  private static boolean stoodStill(Kind kind, BenchResult result) {
    return result.windows().values().stream()
        .flatMap(List::stream)
        .anyMatch(window -> window.perSecond() == 0 || kind.isTimed() && window.p99Micros() == 0);
  }

  private static void check(Kind kind, String contender, Window window) {
    assertTrue(window.perSecond() > 0, contender);
    assertEquals(kind.isTimed(), window.p99Micros() > 0, contender);
    boolean isMade = kind != Kind.START && kind != Kind.IDLE;
    assertEquals(isMade, window.madeBytes() > 0, contender);
    assertEquals(kind == Kind.IDLE, window.heapBytes() > 0, contender);
  }

  @ParameterizedTest
  @EnumSource
  void everyContenderDoesSomethingAndItsProcessesAreGoneAfterwards(Kind kind) throws Exception {
    run(new BenchCase("small", kind, 1 << 10, 20, 2, false));
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUEST", "SPREAD", "RELAY"})
  void sameUnderTls(Kind kind) throws Exception {
    run(new BenchCase("small", kind, 1 << 10, 20, 1, true));
  }
}
