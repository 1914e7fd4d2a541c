package bdk.p2p.simulator.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What the library may not fall below, or exceed, {@code floors.json}: ratios to the limit, with
 * slack for the noise of the machine, and bytes, which are the same on every machine. Immutable.
 *
 * @param cases by case, then by contender
 */
record Floors(Map<String, Map<String, Floor>> cases) {
  /**
   * Of one contender in a case. What a case does not measure is 0.
   *
   * @param throughput the least median ratio
   * @param p99 the greatest median ratio
   * @param madeBytes the most that may be allocated for a message
   * @param heapBytes the most that an idle session may hold of the heap
   * @param directBytes the most that it may hold beside the heap
   */
  record Floor(
      double throughput, double p99, double madeBytes, double heapBytes, double directBytes) {}

  /** Those of the project. */
  static Floors ofProject() {
    try (InputStream in = Floors.class.getResourceAsStream("floors.json")) {
      return new ObjectMapper().readValue(in, Floors.class);
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  /** A sentence for each floor that a result is below. */
  List<String> breaches(BenchResult result) {
    List<String> breaches = new ArrayList<>();
    cases
        .get(result.name())
        .forEach((contender, floor) -> addBreaches(result, contender, floor, breaches));
    return breaches;
  }

  private static void addBreaches(
      BenchResult result, String contender, Floor floor, List<String> breaches) {
    String where = result.name() + ", " + contender;
    BenchResult.Ratios ratios = result.ratios().get(contender);
    double throughput = ratios.throughput().median();
    // Not the other way round: a limit that measured nothing makes a ratio that is no number.
    if (!(throughput >= floor.throughput() && throughput < Double.POSITIVE_INFINITY)) {
      breaches.add(sentence(where, "throughput", throughput, "at least", floor.throughput()));
    }
    if (ratios.p99() != null && !(ratios.p99().median() <= floor.p99())) {
      breaches.add(sentence(where, "p99", ratios.p99().median(), "at most", floor.p99()));
    }
    List<Window> windows = result.windows().get(contender);
    excess(where, "allocated for a message", windows, Window::madeBytes, floor.madeBytes())
        .ifPresent(breaches::add);
    excess(where, "of the heap for a session", windows, Window::heapBytes, floor.heapBytes())
        .ifPresent(breaches::add);
    excess(where, "beside the heap for it", windows, Window::directBytes, floor.directBytes())
        .ifPresent(breaches::add);
  }

  private static Optional<String> excess(
      String where,
      String what,
      List<Window> windows,
      ToDoubleFunction<Window> value,
      double bound) {
    double bytes = Spread.of(windows.stream().mapToDouble(value)).median();
    return bytes <= bound
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%s: %.0f bytes %s, expected at most %.0f",
                where,
                bytes,
                what,
                bound));
  }

  private static String sentence(
      String where, String what, double value, String relation, double bound) {
    return String.format(
        Locale.ROOT,
        "%s: %s is %.2f of bare Netty's, expected %s %.2f",
        where,
        what,
        value,
        relation,
        bound);
  }
}
