package bdk.p2p.simulator.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A case of every kind runs with every contender; how fast, says nothing here. */
class BenchIT {
  @ParameterizedTest
  @ValueSource(strings = {"request-64", "one-way-1k", "fan-out-50-1k"})
  void everyContenderDoesSomethingAndItsProcessesAreGoneAfterwards(String name) throws Exception {
    BenchCase one = BenchCase.named(name).orElseThrow();
    BenchResult result = new Bench(2, 50, 50).run(one);
    assertEquals(
        one.contenders().stream().map(Contender::shown).collect(Collectors.toSet()),
        result.windows().keySet());
    result
        .windows()
        .forEach(
            (contender, windows) -> {
              assertEquals(2, windows.size());
              windows.forEach(window -> assertTrue(window.perSecond() > 0, contender));
              boolean answered = one.kind() == BenchCase.Kind.REQUEST;
              windows.forEach(window -> assertEquals(answered, window.p99Micros() > 0, contender));
            });
    ProcessHandle.current().children().forEach(child -> child.onExit().join());
  }
}
