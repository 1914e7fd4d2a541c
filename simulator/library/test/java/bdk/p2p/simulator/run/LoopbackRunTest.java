package bdk.p2p.simulator.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.simulator.backend.Await;
import bdk.p2p.simulator.fault.Ability;
import bdk.p2p.simulator.fault.Crash;
import bdk.p2p.simulator.fault.Fault;
import bdk.p2p.simulator.fault.FaultContext;
import bdk.p2p.simulator.fault.FaultEntry;
import bdk.p2p.simulator.fault.Partition;
import bdk.p2p.simulator.fault.Selection;
import bdk.p2p.simulator.oracle.Claim;
import bdk.p2p.simulator.oracle.ClaimBoard;
import bdk.p2p.simulator.oracle.ClaimResult;
import bdk.p2p.simulator.report.Report;
import bdk.p2p.simulator.report.Reporter;
import bdk.p2p.simulator.report.Summary;
import bdk.p2p.simulator.scenario.Scenario;
import bdk.p2p.simulator.scenario.ScenarioException;
import bdk.p2p.simulator.scenario.ScenarioFile;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whole scenarios over real sockets, short ones. Three run at a time, because they do little but
 * wait; each test waits for its own.
 */
@Timeout(300)
class LoopbackRunTest {
  private static final String FILE =
      """
      name: short
      description: A small network for a short time.
      backend: loopback
      regions: {table: bitcoin-2019, jitter: 0.1, interRegionBitsPerSecond: 6_000_000}
      nodes:
        - {name: discovery, type: discovery, count: 1, region: EUROPE, maxPeers: 100}
        - name: node
          type: normal
          count: COUNT
          minPeers: 4
          maxPeers: 8
          options: {discoveryInterval: 200ms, discoveryRestingInterval: 500ms}
      warmUp: 5s
      duration: 4s
      coolDown: 8s
      workload:
        broadcasts:
          - {name: transactions, command: 5, bytes: 100, every: 100ms}
          - {name: blocks, command: 6, bytes: 100_000, every: 1s}
        requests: {every: 200ms, answerBytes: 2_000}
      claims: {deliveredWithin: 7s, duplicatesPerDelivery: 8}
      """;

  private static final int AT_A_TIME = 3;

  private static final Map<String, Future<Report>> REPORTS = new LinkedHashMap<>();

  /** A fault that does what its test says. */
  private record Made(
      String kind,
      Ability need,
      BiConsumer<FaultContext, Integer> first,
      BiConsumer<FaultContext, Integer> last)
      implements Fault {
    @Override
    public Set<Ability> needs() {
      return Set.of(need);
    }

    @Override
    public boolean disturbsDelivery() {
      return false;
    }

    @Override
    public void begin(FaultContext context) {
      context.bit();
      context.victims().forEach(victim -> first.accept(context, victim));
    }

    @Override
    public void end(FaultContext context) {
      context.victims().forEach(victim -> last.accept(context, victim));
    }
  }

  private static final Fault KILL =
      new Made(
          "kill",
          Ability.KILL,
          (context, victim) -> assertTrue(context.nodes().kill(victim)),
          (context, victim) -> assertTrue(context.nodes().start(victim, true)));

  private static final Fault STOP =
      new Made(
          "stop",
          Ability.STOP,
          (context, victim) -> assertTrue(context.nodes().stop(victim)),
          (context, victim) -> assertTrue(context.nodes().start(victim, false)));

  private static final Fault SKEW =
      new Made(
          "skew",
          Ability.CLOCK,
          (context, victim) -> context.nodes().skewClock(victim, Duration.ofHours(5)),
          (context, victim) -> context.nodes().skewClock(victim, Duration.ZERO));

  private static Scenario scenario(int nodes, FaultEntry... faults) {
    // Who comes back needs time to find the others, on a busy machine more than on an idle one.
    String file = faults.length == 0 ? FILE : FILE.replace("coolDown: 8s", "coolDown: 14s");
    return ScenarioFile.parse("short.yaml", file.replace("COUNT", "" + nodes))
        .withFaults(List.of(faults));
  }

  private static FaultEntry at(int millis, String name, Fault fault, int victims, int lasting) {
    return FaultEntry.once(
        name, fault, Selection.of(victims), Duration.ofMillis(millis), Duration.ofMillis(lasting));
  }

  private static Report run(Scenario scenario) {
    ClaimBoard claims = new ClaimBoard(Claim.of(scenario));
    RunRecord run = new ScenarioRunner(scenario, RunOptions.seeded(1), claims).run();
    return Reporter.report(run, claims.conclude(run), "again");
  }

  private static void assertClaimsHold(Report report) {
    assertEquals(List.of(), report.claims().stream().filter(claim -> !claim.held()).toList());
    assertTrue(report.claims().size() >= 8);
  }

  @BeforeAll
  static void runAll() {
    ExecutorService drivers = Executors.newFixedThreadPool(AT_A_TIME);
    scenarios().forEach((name, one) -> REPORTS.put(name, drivers.submit(() -> run(one))));
    drivers.shutdown();
  }

  @AfterAll
  static void nothingIsLeft() {
    Await.noThreads();
  }

  private static Map<String, Scenario> scenarios() {
    Map<String, Scenario> all = new LinkedHashMap<>();
    // They are back when nothing is published any more, so that nobody is only half connected.
    all.put(
        "some die, some stop",
        scenario(
            10,
            at(500, "kill", KILL, 2, 3_700),
            at(700, "stop", STOP, 1, 3_500),
            at(100, "skew", SKEW, 3, 2_000)));
    all.put(
        "partition",
        scenario(6, at(500, "partition", new Partition(Partition.Direction.BOTH), 3, 700)));
    all.put("ten nodes", scenario(10));
    all.put("two nodes", scenario(2));
    all.put(
        "in a hurry",
        ScenarioFile.parse(
            "short.yaml",
            FILE.replace("COUNT", "2").replace("deliveredWithin: 7s", "deliveredWithin: 1ms")));
    return all;
  }

  private static Report report(String name) throws Exception {
    return REPORTS.get(name).get(4, TimeUnit.MINUTES);
  }

  @Test
  void twoNodesHoldEveryClaim() throws Exception {
    Report report = report("two nodes");
    assertClaimsHold(report);
    assertEquals("loopback", report.backend());
    assertEquals("", report.digest());
    assertTrue(report.virtualMillis() >= 17_000 && report.wallMillis() >= report.virtualMillis());
    String summary = Summary.of(report);
    assertTrue(summary.contains("backend       loopback\n"), summary);
    assertFalse(summary.contains("digest"), summary);
  }

  @Test
  void tenNodesHoldEveryClaim() throws Exception {
    Report report = report("ten nodes");
    assertClaimsHold(report);
    for (Report.Propagation stream : report.propagation()) {
      assertEquals(stream.expected(), stream.delivered());
      assertTrue(stream.broadcasts() > 2, report::toString);
      assertTrue(stream.p50Millis() > 10, "latencies are there");
    }
  }

  @Test
  void tenNodesOfWhichSomeDieAndSomeStopHoldEveryClaim() throws Exception {
    Report report = report("some die, some stop");
    assertClaimsHold(report);
    assertEquals(
        3, report.nodes().stream().filter(node -> !node.crashedAtMillis().isEmpty()).count());
  }

  @Test
  void partitionThatHealsLosesNothing() throws Exception {
    assertClaimsHold(report("partition"));
  }

  @Test
  void crashIsRefusedBeforeAnythingStarts() {
    Scenario scenario = scenario(2, at(0, "crash", new Crash(false), 1, 100));
    ScenarioException refusal = assertThrows(ScenarioException.class, () -> run(scenario));
    assertEquals(
        "the backend loopback cannot make the fault 'crash' of kind crash: it has no [POWER_OFF]",
        refusal.getMessage());
  }

  @Test
  void runThatFailsLeavesNothingBehind() {
    Scenario scenario = scenario(6);
    NodeHook broken =
        new NodeHook() {
          @Override
          public void build(SimulatedNode node, bdk.p2p.manager.ManagerBuilder builder) {
            if (node.index() == 5) {
              throw new IllegalStateException("planted");
            }
          }
        };
    ClaimBoard claims = new ClaimBoard(Claim.of(scenario));
    RunOptions options = RunOptions.seeded(1).withHook(broken);
    ScenarioRunner runner = new ScenarioRunner(scenario, options, claims);
    assertEquals("planted", assertThrows(IllegalStateException.class, runner::run).getMessage());
  }

  @Test
  void claimsThatCannotHoldAreBroken() throws Exception {
    Report report = report("in a hurry");
    assertEquals(
        List.of("everything-delivered"),
        report.claims().stream().filter(claim -> !claim.held()).map(ClaimResult::name).toList());
  }
}
