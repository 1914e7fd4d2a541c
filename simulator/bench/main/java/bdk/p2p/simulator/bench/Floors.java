package bdk.p2p.simulator.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Below what no ratio of the library to the limit may fall, {@code floors.json}; with slack for the
 * noise of the machine. Immutable.
 *
 * @param cases by case, then by contender
 */
record Floors(Map<String, Map<String, Floor>> cases) {
  /**
   * Of one contender in a case.
   *
   * @param throughput the least median ratio
   * @param p99 the greatest median ratio; 0 where nothing is answered
   */
  record Floor(double throughput, double p99) {}

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
        .forEach(
            (contender, floor) ->
                addBreaches(
                    result.name() + ", " + contender,
                    result.ratios().get(contender),
                    floor,
                    breaches));
    return breaches;
  }

  private static void addBreaches(
      String where, BenchResult.Ratios ratios, Floor floor, List<String> breaches) {
    double throughput = ratios.throughput().median();
    if (throughput < floor.throughput()) {
      breaches.add(sentence(where, "throughput", throughput, "at least", floor.throughput()));
    }
    if (ratios.p99() != null && ratios.p99().median() > floor.p99()) {
      breaches.add(sentence(where, "p99", ratios.p99().median(), "at most", floor.p99()));
    }
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
