package bdk.p2p.simulator;

import bdk.p2p.simulator.oracle.ClaimResult;
import bdk.p2p.simulator.report.Report;
import bdk.p2p.simulator.report.ReportFile;
import bdk.p2p.simulator.report.Summary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** What became of a scenario. Immutable. */
public final class ScenarioRun {
  private final Report report;

  ScenarioRun(Report report) {
    this.report = report;
  }

  /** The names of the claims that were made. */
  public List<String> claims() {
    return report.claims().stream().map(ClaimResult::name).toList();
  }

  /** The names of those that were broken. */
  public List<String> broken() {
    return report.claims().stream().filter(one -> !one.held()).map(ClaimResult::name).toList();
  }

  /**
   * Does nothing if every claim held.
   *
   * @throws AssertionError naming each that did not, with figures, and the seed
   */
  public void assertHeld() {
    if (!report.allClaimsHold()) {
      throw new AssertionError(
          report.claims().stream()
              .filter(one -> !one.held())
              .map(one -> "claim '" + one.name() + "' broke: " + one.detail())
              .collect(
                  Collectors.joining(
                      "\n", "", "\n" + report.scenario() + " with seed " + report.seed())));
    }
  }

  /** A digest, in hex, of all that happened on the network: equal for equal runs. */
  public String digest() {
    return report.digest();
  }

  /** A page for people: delivery, propagation, bytes, claims. */
  public String summary() {
    return Summary.of(report);
  }

  /**
   * Writes {@code report.json} and {@code report.html} into a directory, which is made if it is
   * missing.
   *
   * @return the files
   */
  public List<Path> writeReport(Path directory) throws IOException {
    return ReportFile.write(report, directory);
  }
}
