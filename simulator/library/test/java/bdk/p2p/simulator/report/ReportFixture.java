package bdk.p2p.simulator.report;

import bdk.p2p.simulator.oracle.Claim;
import bdk.p2p.simulator.oracle.ClaimBoard;
import bdk.p2p.simulator.run.RunOptions;
import bdk.p2p.simulator.run.RunRecord;
import bdk.p2p.simulator.run.ScenarioRunner;
import bdk.p2p.simulator.scenario.Scenario;
import bdk.p2p.simulator.scenario.ScenarioFile;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The report of a small run, and what tests make of it. */
final class ReportFixture {
  private static final String FILE =
      """
      name: small
      description: Two nodes.
      regions: {table: bitcoin-2019}
      nodes:
        - {name: discovery, type: discovery, count: 1, maxPeers: 9}
        - {name: node, type: normal, count: 2, minPeers: 1, maxPeers: 9}
      warmUp: 5s
      duration: 2s
      coolDown: 1s
      workload:
        broadcasts: [{name: transactions, command: 5, bytes: 100, every: 500ms}]
      claims: {deliveredWithin: 1s, duplicatesPerDelivery: 1}
      """;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Path directory;
  private final Report report;
  private int files;

  ReportFixture(Path directory) {
    this.directory = directory;
    Scenario scenario = ScenarioFile.parse("small.yaml", FILE);
    ClaimBoard claims = new ClaimBoard(Claim.of(scenario));
    RunRecord run = new ScenarioRunner(scenario, RunOptions.seeded(1), claims).run();
    report = Reporter.report(run, claims.conclude(run), "again");
  }

  Report report() {
    return report;
  }

  /** A file with the report, changed. */
  Path file(Consumer<ObjectNode> change) {
    ObjectNode content = MAPPER.valueToTree(report);
    change.accept(content);
    return write(content.toString());
  }

  /** A file with anything. */
  Path write(String content) {
    try {
      return Files.writeString(directory.resolve("report-" + files++ + ".json"), content);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The report, changed. */
  Report changed(Consumer<ObjectNode> change) {
    return ReportFile.read(file(change));
  }

  /** Another value for a figure of the only stream. */
  static Consumer<ObjectNode> stream(String field, double value) {
    return content -> ((ObjectNode) content.get("propagation").get(0)).put(field, value);
  }
}
