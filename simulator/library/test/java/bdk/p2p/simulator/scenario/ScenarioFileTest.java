package bdk.p2p.simulator.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.manager.ManagerOptions;
import bdk.p2p.message.NodeType;
import bdk.p2p.simulator.fault.Crash;
import bdk.p2p.simulator.fault.FaultEntry;
import bdk.p2p.simulator.fault.Selection;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScenarioFileTest {
  private static final String GOOD =
      """
      name: my-network
      description: One sentence.
      regions:
        table: bitcoin-2019
        jitter: 0.25
        interRegionBitsPerSecond: 6_000_000
      nodes:
        - name: discovery
          type: discovery
          count: 1
          region: EUROPE
          maxPeers: 125
        - name: node
          type: normal
          count: 50
          minPeers: 8
          maxPeers: 20
      warmUp: 250ms
      duration: 1.5m
      coolDown: 20 s
      workload:
        broadcasts:
          - name: transactions
            command: 5
            bytes: 100
            every: 250ms
        requests:
          every: 500ms
          answerBytes: 2_000
      faults:
        - kind: crash
          nodes: 5
          after: 10s
          lasting: 10s
      claims:
        deliveredWithin: 20s
        duplicatesPerDelivery: 19
      """;

  @TempDir Path directory;

  private static String complaint(String content) {
    return assertThrows(ScenarioException.class, () -> ScenarioFile.parse("a.yaml", content))
        .getMessage();
  }

  private static String complaint(String good, String bad) {
    assertTrue(GOOD.contains(good), good);
    return complaint(GOOD.replace(good, bad));
  }

  @Test
  void everyFieldIsRead() {
    Scenario scenario = ScenarioFile.parse("a.yaml", GOOD);
    assertEquals("my-network", scenario.name());
    assertEquals("One sentence.", scenario.description());
    assertEquals(0.25, scenario.regions().jitter());
    assertEquals(6_000_000, scenario.regions().interRegionBitsPerSecond());
    assertEquals(
        List.of(
            NodeGroup.of("discovery", 1, NodeType.DISCOVERY, peers(0, 125)).in("EUROPE"),
            NodeGroup.of("node", 50, NodeType.NORMAL, peers(8, 20))),
        scenario.groups());
    assertEquals(Duration.ofMillis(250), scenario.warmUp());
    assertEquals(Duration.ofSeconds(90), scenario.duration());
    assertEquals(Duration.ofSeconds(20), scenario.coolDown());
    assertEquals(
        List.of(new Workload.Broadcasts("transactions", 5, 100, Duration.ofMillis(250))),
        scenario.workload().broadcasts());
    assertEquals(
        Optional.of(new Workload.Requests(Duration.ofMillis(500), 2_000)),
        scenario.workload().requests());
    assertEquals(
        List.of(
            FaultEntry.once(
                "crash",
                new Crash(false),
                Selection.of(5),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10))),
        scenario.faults());
    assertEquals(
        new Bounds(
            Optional.of(Duration.ofSeconds(20)), 19, OptionalLong.empty(), List.of(), List.of()),
        scenario.bounds());
  }

  private static ManagerOptions peers(int least, int most) {
    return ManagerOptions.builder().minPeers(least).maxPeers(most).build();
  }

  @Test
  void whatMayBeLeftOutMayBeLeftOut() {
    Scenario scenario =
        ScenarioFile.parse(
            "a.yaml",
            """
            name: least
            description: d
            regions: {table: bitcoin-2019}
            nodes:
              - {name: d, type: discovery, count: 1, maxPeers: 1}
              - {name: n, type: normal, count: 1, maxPeers: 1}
            warmUp: 0s
            duration: 1ms
            coolDown: 0s
            workload: {}
            claims: {deliveredWithin: 1ms, duplicatesPerDelivery: 0}
            """);
    assertEquals(0, scenario.regions().jitter());
    assertEquals(0, scenario.regions().interRegionBitsPerSecond());
    assertEquals(List.of(), scenario.faults());
    assertEquals(Workload.none(), scenario.workload());
  }

  @Test
  void catalogueIsReadable() {
    assertEquals(Catalogue.names(), Catalogue.all().stream().map(Scenario::name).toList());
    assertEquals(51, Catalogue.get("fifty-nodes").nodeCount());
    assertEquals(
        "'none' is neither a file nor a scenario; expected one of "
            + String.join(", ", Catalogue.names()),
        assertThrows(ScenarioException.class, () -> Catalogue.get("none")).getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "table: bitcoin-2019 | table: b | 4:3: regions.table: expected one of"
            + " bitcoin-2019, cloud-2024, found 'b'",
        "jitter: 0.25 | jitter: 10.1 |"
            + " 5:3: regions.jitter: expected a number from 0.0 to 10.0, found '10.1'",
        "jitter: 0.25 | jitter: NaN |"
            + " 5:3: regions.jitter: expected a number from 0.0 to 10.0, found 'NaN'",
        "jitter: 0.25 | jitter: [] | 5:3: regions.jitter: expected a text, found a list",
        "6_000_000 | -1 | 6:3: regions.interRegionBitsPerSecond: expected a whole number from 0 to"
            + " 1000000000000, found '-1'",
        "type: normal | type: NORMAL |"
            + " 14:5: nodes[1].type: expected one of normal, discovery, found 'NORMAL'",
        "count: 50 | count: 0 |"
            + " 15:5: nodes[1].count: expected a whole number from 1 to 10000, found '0'",
        "count: 50 | count: 10001 |"
            + " 15:5: nodes[1].count: expected a whole number from 1 to 10000, found '10001'",
        "count: 50 | count: 99999999999999999999 | 15:5: nodes[1].count: expected a whole number"
            + " from 1 to 10000, found '99999999999999999999'",
        "count: 50 | count: 2.5 |"
            + " 15:5: nodes[1].count: expected a whole number from 1 to 10000, found '2.5'",
        "count: 50 | count: {a: 1} | 15:5: nodes[1].count: expected a text, found fields",
        "region: EUROPE | region: MARS | 11:5: nodes[0].region: expected one of NORTH_AMERICA,"
            + " EUROPE, SOUTH_AMERICA, ASIA_PACIFIC, JAPAN, AUSTRALIA, found 'MARS'",
        "region: EUROPE | region: ~ | 11:5: nodes[0].region: expected a text, found nothing",
        "minPeers: 8 | minPeers: 21 |"
            + " 16:5: nodes[1].minPeers: expected a whole number from 0 to 20, found '21'",
        "maxPeers: 20 | maxPeers: 0 |"
            + " 17:5: nodes[1].maxPeers: expected a whole number from 1 to 10000, found '0'",
        "warmUp: 250ms | warmUp: 250 | 18:1: warmUp: expected a time like 250ms, 60s or 2m from 0ms"
            + " to 3600s, found '250'",
        "warmUp: 250ms | warmUp: -1s | 18:1: warmUp: expected a time like 250ms, 60s or 2m from 0ms"
            + " to 3600s, found '-1s'",
        "duration: 1.5m | duration: 0s | 19:1: duration: expected a time like 250ms, 60s or 2m from"
            + " 1ms to 3600s, found '0s'",
        "duration: 1.5m | duration: 61m | 19:1: duration: expected a time like 250ms,"
            + " 60s or 2m from"
            + " 1ms to 3600s, found '61m'",
        "coolDown: 20 s | coolDown: 99999999999999999999s | 20:1: coolDown: expected a time like"
            + " 250ms, 60s or 2m from 0ms to 3600s, found '99999999999999999999s'",
        "command: 5 | command: 3 | 24:7: workload.broadcasts[0].command: expected a"
            + " whole number from"
            + " 4 to 65535, found '3'",
        "command: 5 | command: 9 | 24:7: workload.broadcasts[0].command: expected 4, 5, 6 or a"
            + " command from 10 to 65535, found '9'",
        "bytes: 100 | bytes: 15 | 25:7: workload.broadcasts[0].bytes: expected a whole"
            + " number from 16"
            + " to 100000000, found '15'",
        "answerBytes: 2_000 | answerBytes: x | 29:5: workload.requests.answerBytes:"
            + " expected a whole"
            + " number from 16 to 100000000, found 'x'",
        "nodes: 5 | nodes: 51 | 31:5: faults[0]: my-network: the fault 'crash' strikes 51 nodes,"
            + " of which there are 50",
        "duplicatesPerDelivery: 19 | duplicatesPerDelivery: many | 37:3:"
            + " claims.duplicatesPerDelivery: expected a number from 0.0 to 10000.0, found 'many'",
        "deliveredWithin: 20s | sometimes: [tie-brake] | 36:15: claims.sometimes[0]: expected one"
            + " of fault-bit, queue-full, tie-break, request-timed-out, request-lost, late-answer,"
            + " peer-refused, violation, write-stalled, idle, connection-lost, replaced,"
            + " connect-failed, handshake-timeout, found 'tie-brake'",
        "coolDown: | coolDwon: | 20:1: coolDwon: unknown field, expected one of name, description,"
            + " backend, regions, nodes, links, warmUp, duration, coolDown, workload, faults,"
            + " claims",
        "maxPeers: 20 | max: 20 | 17:5: nodes[1].max: unknown field, expected one of name, count,"
            + " type, region, uploadBitsPerSecond, downloadBitsPerSecond, seeds, startsAfter,"
            + " startsEvery, minPeers, maxPeers, options",
      })
  void badValueIsNamedWithItsPlace(String good, String bad, String expected) {
    assertEquals("a.yaml:" + expected, complaint(good, bad));
  }

  @Test
  void faultThatOutlastsTheRunIsRefused() {
    ScenarioFile.parse("a.yaml", GOOD.replace("lasting: 10s", "lasting: 99999ms"));
    assertEquals(
        "a.yaml:31:5: faults[0]: my-network: the fault 'crash' ends 110000 ms after the workload"
            + " began, expected an end before duration and coolDown are over, after 110000 ms",
        complaint("lasting: 10s", "lasting: 100s"));
  }

  @Test
  void faultWithTheNameOfAnOccurrenceOfAnotherIsRefusedWhereItStands() {
    String crash = "  - {kind: crash, nodes: 1, after: 1s, lasting: 1s, times: 2, every: 3s}\n";
    String reset = "  - {kind: reset, name: NAME, after: 1s}\n";
    String good = GOOD.replaceAll("(?m)^faults:\n( .*\n)*", "faults:\n");
    for (String name : List.of("crash-1", "crash-2")) {
      String taken = "the fault '%s' has the name of an occurrence of the fault 'crash'";
      assertEquals(
          "a.yaml:32:5: faults[1]: my-network: " + taken.formatted(name),
          complaint(good.replace("faults:\n", "faults:\n" + crash + reset.replace("NAME", name))));
      // Whichever stands first.
      assertEquals(
          "a.yaml:32:5: faults[1]: my-network: " + taken.formatted(name),
          complaint(good.replace("faults:\n", "faults:\n" + reset.replace("NAME", name) + crash)));
    }
    for (String name : List.of("crash-0", "crash-3", "crash-01", "crash-")) {
      ScenarioFile.parse(
          "a.yaml", good.replace("faults:\n", "faults:\n" + crash + reset.replace("NAME", name)));
    }
    ScenarioFile.parse(
        "a.yaml",
        good.replace(
            "faults:\n",
            "faults:\n"
                + crash.replace(", times: 2, every: 3s", "")
                + reset.replace("NAME", "crash-1")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "maxPayloadBytes: 30_000_000 | totalArrivingBytes is 25165824, below the minimum of"
            + " 30000000",
        "outboundMessages: 10_000_000 | outboundMessages is 10000000, above the limit of 8388608",
      })
  void optionThatANodeRefusesIsAComplaint(String option, String expected) {
    assertEquals(
        "a.yaml:18:5: nodes[1].options: " + expected,
        complaint("    maxPeers: 20\n", "    maxPeers: 20\n    options: {" + option + "}\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bytes: 100 | broadcasts 'transactions'",
        "answerBytes: 2_000 | answers",
        "requests: | notifications",
      })
  void payloadThatNobodyTakesIsRefused(String good, String what) {
    String small = "    maxPeers: 20\n    options: {maxPayloadBytes: 2_100}\n";
    String text = GOOD.replace("    maxPeers: 20\n", small);
    ScenarioFile.parse("a.yaml", text);
    String bad =
        good.equals("requests:")
            ? "notifications: {every: 1s, bytes: 2_101}\n  requests:"
            : good.substring(0, good.indexOf(' ')) + " 2_101";
    assertEquals(
        "a.yaml:22:1: workload: my-network: %s of 2101 bytes, expected at most the 2100 that the"
                .formatted(what)
            + " nodes 'node' take (maxPayloadBytes)",
        complaint(text.replace(good, bad)));
  }

  @Test
  void claimThatThereIsNotCannotBeLeftOut() {
    assertEquals(
        "a.yaml:36:13: claims.without[0]: expected one of "
            + String.join(", ", ClaimNames.ALL)
            + ", found 'nonsense'",
        complaint("deliveredWithin: 20s", "without: [nonsense]"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name",
        "description",
        "regions",
        "nodes",
        "warmUp",
        "duration",
        "coolDown",
        "claims"
      })
  void missingFieldIsNamed(String field) {
    // Under another name it is unknown; so it is taken away with all that is below it.
    String without = GOOD.replaceAll("(?m)^" + field + ":.*\n( .*\n)*", "");
    assertEquals("a.yaml:1:1: expected a field '" + field + "'", complaint(without));
  }

  @Test
  void missingFieldOfGroupIsNamedAtTheGroup() {
    assertEquals(
        "a.yaml:13:5: nodes[1]: expected a field 'type'", complaint("    type: normal\n", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"''", "' '", "\"a\\nb\"", "\"\\u0007\""})
  void nameIsFewWordsOnOneLine(String name) {
    String message = complaint("name: node", "name: " + name);
    assertTrue(
        message.startsWith("a.yaml:13:5: nodes[1].name: expected a few words on one line, found '"),
        message);
  }

  @Test
  void idOfAnotherGroupIsTaken() {
    assertEquals(
        "a.yaml:13:5: nodes[1].name: expected a name that is not taken, found 'node-50' again",
        complaint("name: discovery", "name: node-50"));
  }

  @Test
  void streamsOfOneNameAreRefused() {
    String twice =
        GOOD.replace(
            "  requests:",
            "    - {name: transactions, command: 6, bytes: 16, every: 1s}\n  requests:");
    assertEquals(
        "a.yaml:27:8: workload.broadcasts[1].name: expected a name that is not taken, found"
            + " 'transactions' again",
        complaint(twice));
  }

  @Test
  void bothTypesOfNodesAreWanted() {
    assertEquals(
        "a.yaml:7:1: nodes: expected at least one group of type discovery, or seeds",
        complaint("type: discovery", "type: normal"));
    assertEquals(
        "a.yaml:7:1: nodes: expected at least one group of type normal",
        complaint("type: normal", "type: discovery"));
  }

  @Test
  void fieldTwiceIsRefused() {
    String message = complaint("warmUp: 250ms", "warmUp: 1s\nwarmUp: 250ms");
    assertTrue(message.startsWith("a.yaml:19:7: not readable as YAML: "), message);
    assertTrue(message.contains("Duplicate field 'warmUp'"), message);
  }

  @Test
  void syntaxErrorIsShownWhereItIs() {
    String message = complaint("jitter: 0.25", "jitter: 'x");
    assertTrue(
        message.matches("a\\.yaml:\\d+:\\d+: not readable as YAML: .*quoted scalar.*"), message);
    assertEquals(
        "a.yaml:2:1: not readable as YAML: while scanning for the next token, found character"
            + " '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation)",
        complaint("a:\n\tb: 1\n"));
  }

  @Test
  void aliasIsRefused() {
    assertEquals(
        "a.yaml:19:1: duration: expected a value, found an alias; write it out",
        complaint("warmUp: 250ms\nduration: 1.5m", "warmUp: &time 250ms\nduration: *time"));
  }

  @Test
  void secondDocumentIsRefused() {
    assertTrue(complaint(GOOD + "---\na: b\n").endsWith("expected the end of the file"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "# nothing\n", "---\n# nothing\n"})
  void emptyFileIsRefused(String content) {
    String message = complaint(content);
    assertTrue(message.matches("a\\.yaml:[13]:1: .*"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"- a\n", "text", "5", "~", "[]"})
  void somethingElseThanFieldsIsRefused(String content) {
    assertTrue(complaint(content).startsWith("a.yaml:1:1: expected fields, found "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a: ", "- ", "? ", "a: [", "!!x "})
  void depthDoesNotOverflowTheStack(String piece) {
    for (int depth : new int[] {10, 100, 999, 1001, 100_000}) {
      assertTrue(complaint(piece.repeat(depth)).startsWith("a.yaml:"));
    }
  }

  @Test
  void textOfManyMegabytesIsRefused() {
    assertEquals(
        "a.yaml:1:1: expected at most 3145728 characters, found 8000006",
        complaint("name: " + "x".repeat(8_000_000)));
  }

  @Test
  void longValueIsShownInPart() {
    assertTrue(complaint("count: 50", "count: " + "9".repeat(5_000)).length() < 200);
    assertTrue(complaint("? " + "x".repeat(100_000) + "\n: y\n").length() < 2_100);
  }

  @Test
  void fileIsReadAndNamedInComplaints() throws Exception {
    Path file = directory.resolve("b.yaml");
    Files.writeString(file, GOOD);
    assertEquals("my-network", ScenarioFile.read(file).name());
    Files.writeString(file, GOOD.replace("count: 50", "count: none"));
    assertTrue(complaint(file).startsWith(file + ":15:5: nodes[1].count: "), complaint(file));
  }

  @Test
  void fileThatIsNotUtf8IsRefused() throws Exception {
    Path file = directory.resolve("b.yaml");
    Files.write(file, "name: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(file + ": expected text in UTF-8", complaint(file));
  }

  @Test
  void missingFileAndDirectoryAreRefused() {
    Path missing = directory.resolve("missing.yaml");
    assertEquals(missing + ": there is no such file", complaint(missing));
    assertEquals(directory + ": expected a file, found a directory", complaint(directory));
  }

  private static String complaint(Path file) {
    return assertThrows(ScenarioException.class, () -> ScenarioFile.read(file)).getMessage();
  }

  @Test
  void otherNumberOfNodesChangesTheLargestNormalGroup() {
    Scenario scenario = ScenarioFile.parse("a.yaml", GOOD).withNormalNodes(5);
    assertEquals(6, scenario.nodeCount());
    assertEquals(5, scenario.groups().get(1).count());
    ScenarioException refused =
        assertThrows(ScenarioException.class, () -> scenario.withNormalNodes(4));
    assertEquals(
        "my-network: the fault 'crash' strikes 5 nodes, of which there are 4",
        refused.getMessage());
  }

  private static final String CUSTOM =
      GOOD.replace(
          "  table: bitcoin-2019\n",
          """
            custom:
              - {name: EUROPE, share: 3, uploadBitsPerSecond: 8_000, latencyMillis: [1, 40]}
              - {name: MOON, latencyMillis: [1300, 2.5]}
          """);

  @Test
  void matrixOfItsOwnIsRead() {
    RegionModel regions = ScenarioFile.parse("a.yaml", CUSTOM).regions();
    assertEquals(
        List.of(
            new RegionModel.Region("EUROPE", 3, 0, 8_000), new RegionModel.Region("MOON", 1, 0, 0)),
        regions.regions());
    assertEquals(List.of(List.of(1.0, 40.0), List.of(1300.0, 2.5)), regions.latencyMillis());
    assertEquals(0.25, regions.jitter());
  }

  @Test
  void matrixThatIsNotSquareIsRefused() {
    assertEquals(
        "a.yaml:6:20: regions.custom[1].latencyMillis: expected a latency to each of the 2 regions,"
            + " found 1",
        complaint(CUSTOM.replace("[1300, 2.5]", "[1300]")));
  }

  @Test
  void tableAndMatrixTogetherAreRefused() {
    String both = GOOD.replace("  jitter: 0.25", "  custom: []\n  jitter: 0.25");
    assertEquals("a.yaml:3:1: regions: expected either table or custom", complaint(both));
  }

  @Test
  void linksOptionsSeedsAndStartsAreRead() {
    Scenario scenario =
        ScenarioFile.parse(
            "a.yaml",
            GOOD.replace(
                    "    maxPeers: 20\n",
                    """
                        maxPeers: 20
                        seeds: [discovery, node-7]
                        startsAfter: 1s
                        startsEvery: 10ms
                        downloadBitsPerSecond: 1_000
                        uploadBitsPerSecond: 2_000
                        options: {idleTimeout: 7s, outboundMessages: 9, inboxBytes: 5}
                    """)
                .replace(
                    "warmUp:",
                    """
                    links:
                      - {between: [node, node], latencyMillis: 3, bitsPerSecond: 4}
                    warmUp:\
                    """));
    NodeGroup group = scenario.groups().get(1);
    assertEquals(List.of("discovery", "node-7"), group.seeds());
    assertEquals(Duration.ofSeconds(1), group.startsAfter());
    assertEquals(Duration.ofMillis(10), group.startsEvery());
    assertEquals(Optional.of(new NodeGroup.Bandwidth(1_000, 2_000)), group.bandwidth());
    assertEquals(Duration.ofSeconds(7), group.options().idleTimeout());
    assertEquals(9, group.options().outboundMessages());
    assertEquals(5, group.options().inboxBytes());
    assertEquals(
        List.of(new LinkBetween("node", "node", OptionalDouble.of(3), OptionalLong.of(4))),
        scenario.links());
  }

  @Test
  void seedThatIsNobodyIsRefused() {
    String content = GOOD.replace("    maxPeers: 20\n", "    maxPeers: 20\n    seeds: [nobody]\n");
    assertTrue(complaint(content).contains("nodes[1].seeds[0]: expected one of discovery, node,"));
  }

  private static String groups(int count) {
    String group = "  - {name: more%d, type: normal, count: 10_000, maxPeers: 20}%n";
    return IntStream.range(0, count)
        .mapToObj(number -> group.formatted(number))
        .collect(Collectors.joining());
  }

  @Test
  void nodesOfAllGroupsTogetherAreBounded() {
    String most = GOOD.replace("count: 50", "count: 9_999");
    String atBound = most.replace("warmUp:", groups(9) + "warmUp:");
    assertEquals(100_000, ScenarioFile.parse("a.yaml", atBound).nodeCount());
    assertEquals(
        "a.yaml:26:33: nodes[10].count: expected at most 100000 nodes in all, found 100001",
        complaint(atBound.replace("count: 9_999", "count: 10_000")));
  }

  @Test
  void faultsAndNodesTogetherCostNoMoreThanEachOfThem() {
    String fault = "  - {kind: stop, name: stop%d, after: 0s}%n";
    String faults =
        IntStream.range(0, 400).mapToObj(fault::formatted).collect(Collectors.joining());
    String content =
        GOOD.replace("warmUp:", groups(5) + "warmUp:").replace("faults:\n", "faults:\n" + faults);
    // An array of the 50,050 nodes' references for each fault, not a table of their ids.
    AllocatedBytes.assertAtMost(
        300_000_000,
        () -> assertEquals(401, ScenarioFile.parse("a.yaml", content).faults().size()));
  }

  @Test
  void complaintNamesAFewOfManyChoices() {
    String content = GOOD.replace("  maxPeers: 20\n", "  maxPeers: 20\n    seeds: [nobody]\n");
    String message = complaint(content.replace("count: 50", "count: 5_000"));
    assertTrue(message.contains("discovery, node, node-1, node-2,"), message);
    assertTrue(message.endsWith("node-38, ... (5002 in all), found 'nobody'"), message);
  }

  @Test
  void nameIsNotRepeatedInMemoryForEachValueBelowIt() {
    String content = "? " + "x".repeat(100_000) + "\n: " + "[".repeat(900) + "]".repeat(900);
    AllocatedBytes.assertAtMost(
        40_000_000, () -> assertTrue(complaint(content).contains("unknown field")));
  }

  @Test
  void zeroHasNoSign() {
    Scenario scenario =
        ScenarioFile.parse("a.yaml", GOOD.replace("nodes: 5\n", "nodes: 5\n    spread: -0.0\n"));
    assertEquals(0.0, scenario.faults().get(0).spread());
    assertEquals(scenario, ScenarioFile.parse("b.yaml", ScenarioWriter.write(scenario)));
  }

  @Test
  void everyOptionOfANodeHasAField() {
    // Those that only matter to real sockets and threads are the backend's business.
    Set<String> elsewhere =
        Set.of("minPeers", "maxPeers", "ioThreads", "workerThreads", "transport");
    Set<String> fields =
        Arrays.stream(ManagerOptions.class.getRecordComponents())
            .map(RecordComponent::getName)
            .filter(name -> !elsewhere.contains(name))
            .collect(Collectors.toSet());
    assertEquals(fields, OptionFields.names());
  }
}
