package bdk.p2p.simulator.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.simulator.backend.Await;
import bdk.p2p.simulator.fault.HostilePeer;
import bdk.p2p.simulator.oracle.Claim;
import bdk.p2p.simulator.oracle.ClaimBoard;
import bdk.p2p.simulator.oracle.ClaimResult;
import bdk.p2p.simulator.run.FaultOutcome;
import bdk.p2p.simulator.run.RequestRecord;
import bdk.p2p.simulator.run.RunOptions;
import bdk.p2p.simulator.run.RunRecord;
import bdk.p2p.simulator.run.ScenarioRunner;
import bdk.p2p.simulator.scenario.Scenario;
import bdk.p2p.simulator.scenario.ScenarioFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each behaviour over real sockets, against one of five honest nodes: it does its thing, and they
 * go on. Five runs at a time, because they do little but wait.
 */
@Timeout(300)
class HostileLoopbackTest {
  private static final int AT_A_TIME = 5;

  /** The node that is beset: it always looks for more peers, as some behaviours want it to. */
  private static final int TARGET = 1;

  private static final String SCENARIO =
      """
      name: beset-for-real
      description: A node is beset by a hostile peer, over real sockets.
      backend: loopback
      regions: {table: bitcoin-2019, jitter: 0.1}
      nodes:
        - {name: discovery, type: discovery, count: 1, region: EUROPE, maxPeers: 20}
        - name: node
          type: normal
          count: 5
          region: EUROPE
          minPeers: 10
          maxPeers: 12
          options: {discoveryInterval: 200ms, discoveryRestingInterval: 200ms}
      warmUp: 4s
      duration: 4s
      coolDown: 5s
      workload:
        broadcasts:
          - {name: transactions, command: 5, bytes: 100, every: 50ms}
        requests: {every: 50ms, answerBytes: 2_000}
      faults:
        - {kind: hostile-peer, behaviour: BEHAVIOUR, ids: [node-1], after: 500ms, lasting: 3s}
      claims: {deliveredWithin: 5s, duplicatesPerDelivery: 10, sometimes: [fault-bit]}
      """;

  private record Outcome(RunRecord run, List<ClaimResult> claims) {}

  private static final Map<String, Future<Outcome>> OUTCOMES = new LinkedHashMap<>();

  private static Scenario scenario(String behaviour) {
    return ScenarioFile.parse("beset", SCENARIO.replace("BEHAVIOUR", behaviour));
  }

  private static Outcome run(String behaviour) {
    Scenario scenario = scenario(behaviour);
    ClaimBoard claims = new ClaimBoard(Claim.of(scenario));
    RunRecord run = new ScenarioRunner(scenario, RunOptions.seeded(1), claims).run();
    return new Outcome(run, claims.conclude(run));
  }

  @BeforeAll
  static void runAll() {
    ExecutorService drivers = Executors.newFixedThreadPool(AT_A_TIME);
    for (String behaviour : Behaviours.names()) {
      OUTCOMES.put(behaviour, drivers.submit(() -> run(behaviour)));
    }
    drivers.shutdown();
  }

  @AfterAll
  static void nothingIsLeft() {
    Await.noThreads();
  }

  static Stream<String> behaviours() {
    return Behaviours.names().stream();
  }

  @ParameterizedTest
  @MethodSource("behaviours")
  void bitesAndTheOthersGoOn(String behaviour) throws Exception {
    Outcome outcome = OUTCOMES.get(behaviour).get(5, TimeUnit.MINUTES);
    RunRecord run = outcome.run();
    assertEquals("loopback", run.backend());
    FaultOutcome fault = run.faults().get(0);
    assertEquals(new HostilePeer(behaviour), fault.fault().fault());
    assertTrue(fault.bit() > 0, "it never did its thing");

    long from = fault.fault().fromNanos();
    long until = fault.fault().untilNanos();
    List<RequestRecord> honest =
        run.requests().stream()
            .filter(one -> one.asked() >= 0)
            .filter(one -> one.askedNanos() >= from && one.askedNanos() < until)
            .toList();
    assertTrue(honest.size() > 20, () -> honest.size() + " requests of nodes");
    assertTrue(
        honest.stream().anyMatch(one -> one.asker().index() == TARGET), "the node asked nobody");
    assertTrue(honest.stream().anyMatch(one -> one.asked() == TARGET), "nobody asked the node");
    assertEquals(
        List.of(),
        honest.stream()
            .filter(one -> !one.outcome().equals("ANSWERED"))
            .map(one -> one.asker() + " asked " + one.asked() + ": " + one.outcome())
            .toList());
    assertEquals(List.of(), outcome.claims().stream().filter(claim -> !claim.held()).toList());
  }
}
