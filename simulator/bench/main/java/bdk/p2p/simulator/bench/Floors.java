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
 * @param cases by case
 */
record Floors(Map<String, Floor> cases) {
  /**
   * Of one case.
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
    Floor floor = cases.get(result.name());
    double throughput = result.library().throughput().median();
    if (throughput < floor.throughput()) {
      breaches.add(sentence(result, "throughput", throughput, "at least", floor.throughput()));
    }
    Spread p99 = result.library().p99();
    if (p99 != null && p99.median() > floor.p99()) {
      breaches.add(sentence(result, "p99", p99.median(), "at most", floor.p99()));
    }
    return breaches;
  }

  private static String sentence(
      BenchResult result, String what, double value, String relation, double bound) {
    return String.format(
        Locale.ROOT,
        "%s: %s is %.2f of bare Netty's, expected %s %.2f",
        result.name(),
        what,
        value,
        relation,
        bound);
  }
}
