package bdk.p2p.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.simulator.hostile.Behaviours;
import bdk.p2p.simulator.oracle.Claim;
import bdk.p2p.simulator.oracle.ClaimBoard;
import bdk.p2p.simulator.oracle.ClaimResult;
import bdk.p2p.simulator.run.FaultOutcome;
import bdk.p2p.simulator.run.RunOptions;
import bdk.p2p.simulator.run.RunRecord;
import bdk.p2p.simulator.run.ScenarioRunner;
import bdk.p2p.simulator.scenario.Scenario;
import bdk.p2p.simulator.scenario.ScenarioFile;
import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Nodes over real sockets that are killed, stopped and beset by every hostile behaviour, for as
 * many minutes as the system property {@code soak.minutes} says: no buffer leaks, memory stays
 * flat, every claim holds.
 */
@EnabledIfSystemProperty(named = "soak.minutes", matches = "\\d+")
class LoopbackSoakIT {
  /** What one run after another may add to a heap that has been collected. */
  private static final long FLAT_BYTES = 16 << 20;

  private static final String SCENARIO =
      """
      name: loopback-soak
      description: Churn and every hostile behaviour over real sockets.
      backend: loopback
      regions: {table: bitcoin-2019, jitter: 0.1}
      nodes:
        - {name: discovery, type: discovery, count: 1, region: EUROPE, maxPeers: 60}
        - name: node
          type: normal
          count: 5
          minPeers: 12
          maxPeers: 20
          options: {discoveryInterval: 500ms, discoveryRestingInterval: 1s}
        - name: other
          type: normal
          count: 5
          minPeers: 12
          maxPeers: 20
          options: {discoveryInterval: 500ms, discoveryRestingInterval: 1s}
      warmUp: 8s
      duration: 40s
      coolDown: 15s
      workload:
        broadcasts:
          - {name: transactions, command: 5, bytes: 200, every: 200ms}
        requests: {every: 200ms, answerBytes: 1_000}
      faults:
        - {kind: kill, group: node, nodes: 1, times: 3, every: 10s, spread: 0.5, after: 2s, lasting: 3s}
        - {kind: stop, group: other, nodes: 1, times: 3, every: 10s, spread: 0.5, after: 6s, lasting: 3s}
      claims: {deliveredWithin: 10s, duplicatesPerDelivery: 20, sometimes: [fault-bit]}
      """;

  private static Scenario scenario() {
    StringBuilder text = new StringBuilder();
    int second = 1;
    for (String behaviour : Behaviours.names()) {
      text.append(
          "  - {kind: hostile-peer, name: %s, behaviour: %s, nodes: 1, after: %ds, lasting: 10s}\n"
              .formatted(behaviour, behaviour, second));
      second += 2;
    }
    return ScenarioFile.parse("soak", SCENARIO.replace("claims:", text + "claims:"));
  }

  @Test
  void nothingLeaksAndMemoryStaysFlat() {
    int minutes = Integer.getInteger("soak.minutes");
    long end = System.nanoTime() + Duration.ofMinutes(minutes).toNanos();
    LeakCollector.FOUND.clear();
    List<Long> heaps = new ArrayList<>();
    long bites = 0;
    for (int seed = 1; System.nanoTime() - end < 0; seed++) {
      Scenario scenario = scenario();
      ClaimBoard claims = new ClaimBoard(Claim.of(scenario));
      RunRecord run = new ScenarioRunner(scenario, RunOptions.seeded(seed), claims).run();
      List<ClaimResult> broken =
          claims.conclude(run).stream().filter(claim -> !claim.held()).toList();
      long bit = run.faults().stream().mapToLong(FaultOutcome::bit).sum();
      bites += bit;
      heaps.add(heapBytes());
      System.out.printf(
          Locale.ROOT,
          "run %d: heap %.1f MiB, faults bit %d times, %d leaks, broken %s%n",
          seed,
          heaps.get(heaps.size() - 1) / 1048576.0,
          bit,
          LeakCollector.FOUND.size(),
          broken);
      assertEquals(List.of(), broken, "seed " + seed);
      assertEquals(List.of(), List.copyOf(LeakCollector.FOUND));
    }
    assertTrue(bites > 0);
    long early = most(heaps.subList(0, (heaps.size() + 2) / 3));
    long late = most(heaps.subList(heaps.size() * 2 / 3, heaps.size()));
    assertTrue(
        late <= early + FLAT_BYTES, "heap grew from " + early + " to " + late + ": " + heaps);
  }

  private static long most(List<Long> heaps) {
    return heaps.stream().mapToLong(Long::longValue).max().orElseThrow();
  }

  private static long heapBytes() {
    for (int round = 0; round < 5; round++) {
      System.gc();
      LockSupport.parkNanos(20_000_000);
      ByteBufAllocator.DEFAULT.buffer(64).release(); // the detector looks when one is made
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
