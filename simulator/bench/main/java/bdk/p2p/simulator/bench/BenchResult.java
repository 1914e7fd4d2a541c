package bdk.p2p.simulator.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What a case gave. A ratio is of two windows of the same round, one right after the other, so that
 * what else the machine does touches both.
 *
 * @param name the case
 * @param windows by contender, a window for each round
 * @param ratios by contender but the limit, its ratios to the limit
 */
record BenchResult(String name, Map<String, List<Window>> windows, Map<String, Ratios> ratios) {
  /**
   * A contender beside the limit.
   *
   * @param throughput more is better
   * @param p99 less is better; null where nothing is timed
   */
  record Ratios(Spread throughput, Spread p99) {}

  static BenchResult of(BenchCase one, Map<Contender, List<Window>> seen) {
    Map<String, List<Window>> windows = new LinkedHashMap<>();
    Map<String, Ratios> ratios = new LinkedHashMap<>();
    List<Window> limit = seen.get(Contender.NETTY);
    seen.forEach(
        (contender, own) -> {
          windows.put(contender.shown(), own);
          if (contender != Contender.NETTY) {
            boolean timed = one.kind().isTimed();
            ratios.put(
                contender.shown(),
                new Ratios(
                    ratio(own, limit, Window::perSecond),
                    timed ? ratio(own, limit, Window::p99Micros) : null));
          }
        });
    return new BenchResult(one.name(), windows, ratios);
  }

  private static Spread ratio(
      List<Window> own, List<Window> limit, ToDoubleFunction<Window> value) {
    return Spread.of(
        IntStream.range(0, own.size())
            .mapToDouble(
                round ->
                    value.applyAsDouble(own.get(round)) / value.applyAsDouble(limit.get(round))));
  }
}
