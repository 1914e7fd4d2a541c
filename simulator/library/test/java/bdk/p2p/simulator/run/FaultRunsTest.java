package bdk.p2p.simulator.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.CloseReason;
import bdk.p2p.simulator.backend.VirtualBackend;
import bdk.p2p.simulator.fault.Ability;
import bdk.p2p.simulator.fault.Fault;
import bdk.p2p.simulator.fault.Pause;
import bdk.p2p.simulator.scenario.ScenarioFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of fault on real nodes: nothing before it begins, and all is well after its end. */
class FaultRunsTest {
  private static final long SECOND = 1_000_000_000;
  private static final long FROM = 25 * SECOND;
  private static final long UNTIL = 40 * SECOND;

  /** When sessions, dials and books have recovered from the worst of them. */
  private static final long WELL = UNTIL + 40 * SECOND;

  private static final String SCENARIO =
      """
      name: faults
      description: Something goes wrong for fifteen seconds.
      regions: {table: bitcoin-2019, jitter: 0.1}
      nodes:
        - {name: discovery, type: discovery, count: 1, region: EUROPE, maxPeers: 9}
        - {name: node, type: normal, count: 5, region: EUROPE, minPeers: 3, maxPeers: 9,
           options: {guard: {threshold: 1_000_000}}} # corrupted bytes would else lead to bans
      warmUp: 15s
      duration: 80s
      coolDown: 10s
      workload:
        broadcasts:
          - {name: transactions, command: 5, bytes: 100, every: 500ms}
          - {name: blocks, command: 6, bytes: 20_000, every: 1s}
      claims: {duplicatesPerDelivery: 10}
      """;

  private static final String TIMES = "ids: [node-1, node-2], after: 10s, lasting: 15s";

  /** One line a kind. */
  private static final List<String> ALL =
      List.of(
          "kind: latency, delay: 300ms, jitter: 100ms",
          "kind: bandwidth, uploadBitsPerSecond: 500_000, downloadBitsPerSecond: 2_000_000",
          "kind: loss, rate: 0.2, resetAfter: 2s",
          "kind: connect-refused",
          "kind: connect-black-hole",
          "kind: partition",
          "kind: reset, perSecond: 1",
          "kind: slow-reader, bytesPerSecond: 5_000",
          "kind: stall",
          "kind: corrupt, rate: 0.05",
          "kind: truncate, rate: 0.05",
          "kind: crash",
          "kind: kill, persisted: true",
          "kind: stop",
          "kind: churn, crash: 1, kill: 1, stop: 1",
          "kind: clock-skew, upTo: 1m",
          "kind: hostile-peer, behaviour: garbage");

  private static List<String> beforeInPeace;

  @BeforeAll
  static void runInPeace() {
    Chronicle peace = new Chronicle();
    run("", 1, peace);
    beforeInPeace = peace.before(FROM);
    assertTrue(beforeInPeace.size() > 100);
  }

  /** All that happened in a run, in words. */
  private static final class Chronicle implements Judge {
    private final List<String> lines = new ArrayList<>();
    private final List<RunEvent> events = new ArrayList<>();

    @Override
    public void on(RunEvent event) {
      events.add(event);
      if (!(event instanceof RunEvent.Sampled)) {
        String words = event.toString().replaceAll("@[0-9a-f]+", "");
        lines.add(event.nanos() + " " + words);
      }
    }

    @Override
    public int breachCount() {
      return 0;
    }

    private List<String> before(long nanos) {
      return lines.stream()
          .filter(line -> Long.parseLong(line.substring(0, line.indexOf(' '))) < nanos)
          .toList();
    }
  }

  private static RunRecord run(String faults, long seed, Chronicle chronicle) {
    String text = faults.isEmpty() ? SCENARIO : SCENARIO + "faults: [" + faults + "]";
    return new ScenarioRunner(
            ScenarioFile.parse("a.yaml", text), RunOptions.seeded(seed), chronicle)
        .run();
  }

  /** The same as in peace until it begins; it bites; and later all is well again. */
  private static RunRecord assertBitesAndHeals(String faults, Chronicle chronicle) {
    RunRecord record = run(faults, 1, chronicle);
    assertEquals(beforeInPeace, chronicle.before(FROM));
    for (FaultOutcome outcome : record.faults()) {
      assertTrue(outcome.began());
      assertTrue(outcome.bit() > 0, outcome.fault().id() + " never bit");
    }
    int late = 0;
    for (BroadcastRecord broadcast : record.broadcasts()) {
      if (broadcast.publishedNanos() >= WELL) {
        late++;
        assertEquals(4, broadcast.audience().size(), faults);
        for (SimulatedNode node : broadcast.audience()) {
          Long arrival = broadcast.arrivals().get(node);
          assertTrue(arrival != null && arrival - broadcast.publishedNanos() < SECOND, faults);
        }
      }
    }
    assertTrue(late > 30, "" + late);
    assertTrue(record.nodes().stream().allMatch(SimulatedNode::isUp));
    assertTrue(record.normalPeersAtEnd().stream().skip(1).allMatch(count -> count >= 3));
    return record;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void bitesAndHeals(int kind) {
    assertBitesAndHeals("{" + ALL.get(kind) + ", " + TIMES + "}", new Chronicle());
  }

  /** Only who is not connected dials. */
  @ParameterizedTest
  @ValueSource(strings = {"connect-refused", "connect-black-hole"})
  void refusesAndIgnoresDialsWhileItIsOn(String kind) {
    Chronicle chronicle = new Chronicle();
    RunRecord record =
        assertBitesAndHeals(
            "{kind: %s, %s}, {kind: reset, ids: [node-1, node-2], after: 11s}"
                .formatted(kind, TIMES),
            chronicle);
    Set<String> victims = Set.of("10.2.0.1", "10.3.0.1");
    int refused = 0;
    for (RunEvent event : chronicle.events) {
      if (event instanceof RunEvent.Refused one
          && one.reason().code() == CloseReason.Code.CONNECT_FAILED
          && victims.contains(one.address().getAddress().getHostAddress())) {
        refused++;
        assertTrue(one.nanos() > FROM && one.nanos() < UNTIL + 5 * SECOND);
      }
    }
    assertTrue(refused > 0, record.faults()::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"crash", "kill", "stop"})
  void thoseThatGoAreBackAmongPeers(String how) {
    Chronicle chronicle = new Chronicle();
    run("{kind: " + how + ", " + TIMES + "}", 1, chronicle);
    Set<String> ended = new TreeSet<>();
    Set<String> returned = new TreeSet<>();
    for (RunEvent event : chronicle.events) {
      if (event instanceof RunEvent.Ended one) {
        assertTrue(one.nanos() >= FROM && one.nanos() < FROM + 12 * SECOND, "" + one.nanos());
        ended.add(one.node().id());
      } else if (event instanceof RunEvent.Started one && one.nanos() > FROM) {
        assertTrue(one.nanos() >= UNTIL && one.nanos() < UNTIL + SECOND, "" + one.nanos());
        returned.add(one.node().id());
      }
    }
    assertEquals(Set.of("node-1", "node-2"), ended);
    assertEquals(ended, returned);
  }

  /** A reset tells at once, a power failure only when nothing has come for long. */
  @Test
  void peersOfAKilledNodeKnowAtOnceAndThoseOfACrashedOneDoNot() {
    assertTrue(firstDisconnect("kill") < FROM + SECOND);
    assertTrue(firstDisconnect("crash") > FROM + 5 * SECOND);
  }

  private static long firstDisconnect(String how) {
    Chronicle chronicle = new Chronicle();
    run("{kind: " + how + ", " + TIMES + "}", 1, chronicle);
    return chronicle.events.stream()
        .filter(RunEvent.Disconnected.class::isInstance)
        .mapToLong(RunEvent::nanos)
        .min()
        .orElseThrow();
  }

  /** Churn draws its way from its own stream: some of each in the end. */
  @Test
  void rollingChurnComesAndGoes() {
    Chronicle chronicle = new Chronicle();
    RunRecord record =
        run(
            "{kind: churn, crash: 1, kill: 1, stop: 1, nodes: 1, after: 1s, lasting: 3s, times: 12,"
                + " every: 4s, spread: 0.5}",
            1,
            chronicle);
    assertEquals(12, record.faults().size());
    assertTrue(record.faults().stream().allMatch(one -> one.bit() == 1));
    assertTrue(record.nodes().stream().allMatch(SimulatedNode::isUp));
  }

  @Test
  void theSameSeedGivesTheSameRunWithEveryKindOn() {
    String faults = everyKind();
    String digest = run(faults, 5, new Chronicle()).digest();
    assertEquals(digest, run(faults, 5, new Chronicle()).digest());
    assertNotEquals(digest, run(faults, 6, new Chronicle()).digest());
  }

  private static String everyKind() {
    List<String> entries = new ArrayList<>();
    for (String kind : ALL) {
      entries.add(
          "{%s, nodes: 2, after: %ds, lasting: 12s}".formatted(kind, 5 + 2 * entries.size()));
    }
    return String.join(", ", entries);
  }

  @Test
  void theRunsThatGoOnWithoutOneFaultAreTheSameUntilItWouldHaveBegun() {
    Chronicle both = new Chronicle();
    Chronicle one = new Chronicle();
    String first = "{kind: latency, delay: 100ms, nodes: 2, after: 2s, lasting: 30s}";
    run(first + ", {kind: loss, rate: 0.5, nodes: 2, after: 20s, lasting: 5s}", 1, both);
    run(first, 1, one);
    long second = Duration.ofSeconds(35).toNanos();
    assertEquals(one.before(second), both.before(second));
  }

  @Test
  void theVirtualBackendMakesAllButPauses() {
    try (VirtualBackend backend = new VirtualBackend(1, OverlappingFaultsTest.NEAR)) {
      assertEquals(EnumSet.complementOf(EnumSet.of(Ability.PAUSE)), backend.abilities());
      for (String kind : ALL) {
        String text = SCENARIO + "faults: [{" + kind + ", " + TIMES + "}]";
        Fault fault = ScenarioFile.parse("a", text).faults().get(0).fault();
        assertFalse(fault.needs().isEmpty(), kind);
        assertEquals(Optional.empty(), backend.missingFor(fault), kind);
      }
      String missing = backend.missingFor(new Pause()).orElseThrow();
      assertTrue(missing.toLowerCase(Locale.ROOT).contains("pause"), missing);
    }
  }
}
