package bdk.p2p.simulator.scenario;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever stands in a file, it is a scenario or one complaint on one line. */
class ScenarioFileProps {
  private static final List<String> GOOD =
      List.of(
          "name: n",
          "description: d",
          "regions: {table: bitcoin-2019, jitter: 0.1}",
          "nodes:",
          "  - {name: d, type: discovery, count: 1, maxPeers: 9}",
          "  - {name: n, type: normal, count: 3, minPeers: 1, maxPeers: 9}",
          "warmUp: 1s",
          "duration: 2s",
          "coolDown: 1s",
          "workload:",
          "  broadcasts: [{name: t, command: 5, bytes: 16, every: 1s}]",
          "  requests: {every: 1s, answerBytes: 16}",
          "faults: [{kind: crash, nodes: 1, after: 0s, every: 0s, lasting: 1s}]",
          "claims: {deliveredWithin: 1s, duplicatesPerDelivery: 1}");

  private static void check(String content) {
    try {
      ScenarioFile.parse("a.yaml", content);
    } catch (ScenarioException complaint) {
      String message = complaint.getMessage();
      assertTrue(message.matches("a\\.yaml:\\d+:\\d+: .+"), message);
    }
  }

  @Property(tries = 1000)
  void anyText(@ForAll String content) {
    check(content);
  }

  @Property(tries = 2000)
  void anyYaml(@ForAll("pieces") List<String> pieces) {
    check(String.join("", pieces));
  }

  @Property(tries = 3000)
  void scenarioWithAnyPieceAnywhere(
      @ForAll @IntRange(max = 13) int line,
      @ForAll @IntRange(max = 60) int column,
      @ForAll @IntRange(max = 8) int removed,
      @ForAll("pieces") List<String> pieces) {
    List<String> lines = new ArrayList<>(GOOD);
    String good = lines.get(line);
    int from = Math.min(column, good.length());
    int until = Math.min(from + removed, good.length());
    lines.set(line, good.substring(0, from) + String.join("", pieces) + good.substring(until));
    check(String.join("\n", lines));
  }

  @Provide
  Arbitrary<List<String>> pieces() {
    Arbitrary<String> signs =
        Arbitraries.of(
            "a",
            "name",
            ": ",
            ":",
            "- ",
            "\n",
            "\n  ",
            "  ",
            "[",
            "]",
            "{",
            "}",
            ", ",
            "&x ",
            "*x",
            "? ",
            "!!int ",
            "!",
            "'",
            "\"",
            "\\",
            "| ",
            "> ",
            "#",
            "%",
            "---\n",
            "...\n",
            "~",
            "<<",
            "\t",
            "\u0000",
            "\u00e9",
            "\ud83d\ude00",
            "\ud800",
            "1",
            "-1",
            "9".repeat(400),
            "1e999",
            "0x10",
            "_",
            ".",
            "1s",
            "ms",
            "true",
            "null");
    return signs.list().ofMaxSize(12);
  }
}
