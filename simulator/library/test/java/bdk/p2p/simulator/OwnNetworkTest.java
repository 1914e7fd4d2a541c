package bdk.p2p.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.Answer;
import bdk.p2p.message.Command;
import bdk.p2p.message.Verdict;
import bdk.p2p.simulator.fault.Ability;
import bdk.p2p.simulator.fault.Crash;
import bdk.p2p.simulator.fault.Fate;
import bdk.p2p.simulator.fault.Fault;
import bdk.p2p.simulator.fault.FaultContext;
import bdk.p2p.simulator.fault.HostilePeer;
import bdk.p2p.simulator.fault.Partition;
import bdk.p2p.simulator.fault.Partition.Direction;
import bdk.p2p.simulator.fault.Passage;
import bdk.p2p.simulator.hostile.Behaviours;
import bdk.p2p.simulator.scenario.RegionModel;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes, time and faults of a simulation do what its documentation says. */
class OwnNetworkTest {
  private static final Command NEWS = Command.BROADCAST_TRANSACTION;

  @Test
  void aBroadcastReachesTheHandlersOfAllOthers() {
    try (Simulation network = Simulation.seeded(1)) {
      network.discoveryNode("discovery");
      List<String> heard = new ArrayList<>();
      SimNodes nodes =
          network.nodes(
              "node",
              10,
              (self, node) ->
                  node.onBroadcast(
                      NEWS,
                      (peer, news) -> {
                        heard.add(self.name());
                        return Verdict.RELAY;
                      }));
      network.run(Duration.ofSeconds(10));
      nodes.get(0).manager().broadcast(NEWS, ByteBuffer.allocate(100));
      assertTrue(network.runUntil(() -> heard.size() == 9, Duration.ofSeconds(5)));
      assertFalse(heard.contains("node-1"));
      network.claims().assertHeld();
    }
  }

  @Test
  void latencyIsAskedForEachTwoNodes() {
    LatencyModel far = (from, to) -> Duration.ofMillis(from < to ? 100 : 400);
    try (Simulation network = Simulation.builder().latency(far).build()) {
      Duo duo = new Duo(network);
      Duration before = network.now();
      network.await(duo.ask());
      assertEquals(500, network.now().minus(before).toMillis());
    }
  }

  @Test
  void nodesOfARegionModelAreAsFarApartAsItsRegions() {
    RegionModel measured = RegionModel.table("bitcoin-2019");
    try (Simulation network = Simulation.builder().regions(measured).build()) {
      network.discoveryNode("discovery");
      SimNodes nodes = network.nodes("node", 10, NodeCode.NONE);
      network.run(Duration.ofSeconds(10));
      assertTrue(nodes.stream().allMatch(node -> node.manager().peers().size() > 0));
    }
  }

  @Test
  void timePassesOnlyAsAsked() {
    try (Simulation network = Simulation.seeded(1)) {
      List<String> done = new ArrayList<>();
      network.after(Duration.ofSeconds(2), () -> done.add("at " + network.now().toSeconds()));
      network.every(Duration.ofSeconds(3), () -> done.add("every " + network.now().toSeconds()));
      assertEquals(Duration.ZERO, network.now());
      network.run(Duration.ofSeconds(6));
      assertEquals(Duration.ofSeconds(6), network.now());
      assertEquals(List.of("at 2", "every 3", "every 6"), done);
      assertFalse(network.runUntil(() -> false, Duration.ofSeconds(1)));
      assertEquals(Duration.ofSeconds(7), network.now());
    }
  }

  @Test
  void anActionMayStartNodesAndLetTimePass() {
    try (Simulation network = Simulation.seeded(1)) {
      SimNode first = network.node("first", NodeCode.NONE);
      network.after(
          Duration.ofSeconds(1),
          () -> {
            SimNode late = network.node("late", NodeCode.NONE);
            network.await(late.manager().connect(first.id()));
          });
      network.run(Duration.ofSeconds(3));
      assertEquals(1, first.manager().peers().size());
    }
  }

  @Test
  void aNodeThatReturnsRunsTheSameCodeAgain() {
    try (Simulation network = Simulation.seeded(1)) {
      network.discoveryNode("discovery");
      List<String> lives = new ArrayList<>();
      NodeCode code = (self, node) -> lives.add("install " + self);
      SimNodes nodes =
          network.nodes("node", 3, code.whenStarted((self, node) -> lives.add("start " + self)));
      network.run(Duration.ofSeconds(5));
      lives.clear();
      SimNode one = nodes.get(1);
      assertTrue(one.stop());
      assertFalse(one.stop());
      assertFalse(one.isUp());
      assertThrows(IllegalStateException.class, one::manager);
      network.run(Duration.ofSeconds(5));
      assertTrue(one.restart());
      assertTrue(one.kill());
      assertTrue(one.restartRemembering());
      assertTrue(one.crash());
      assertTrue(one.restart());
      assertFalse(one.restart());
      network.run(Duration.ofSeconds(20));
      assertEquals(List.of("install node-2", "start node-2"), lives.subList(0, 2));
      assertEquals(6, lives.size());
      assertTrue(one.manager().peers().size() > 0);
    }
  }

  @Test
  void severalFaultsMayBeOnAtOnceAndEachTellsItsBites() {
    try (Simulation network = Simulation.seeded(1)) {
      network.discoveryNode("discovery");
      SimNodes nodes = network.nodes("node", 6, NodeCode.NONE);
      network.run(Duration.ofSeconds(10));
      Strike crash = network.begin(new Crash(false), nodes.first(2));
      Strike later =
          network.schedule(
              new Partition(Direction.BOTH),
              nodes.without(nodes.first(4)),
              Duration.ofSeconds(1),
              Duration.ofSeconds(2));
      Strike never =
          network.schedule(new Crash(false), nodes, Duration.ofSeconds(2), Duration.ofSeconds(1));
      never.end();
      assertEquals(4, nodes.up().size());
      assertFalse(later.isOn());
      network.run(Duration.ofSeconds(2));
      assertTrue(crash.isOn() && later.isOn());
      network.run(Duration.ofSeconds(2));
      assertFalse(later.isOn());
      assertTrue(later.bites() > 0);
      assertEquals(2, crash.bites());
      crash.end();
      assertEquals(6, nodes.up().size());
      assertEquals(0, never.bites());
    }
  }

  @Test
  void crashesOfOneNodeThatEndAtOneInstantStartItOnce() {
    try (Simulation network = Simulation.seeded(1)) {
      network.discoveryNode("discovery");
      SimNodes nodes = network.nodes("node", 3, NodeCode.NONE);
      network.run(Duration.ofSeconds(10));
      Strike first = crashOfOneSecond(network, nodes.first(1));
      Strike second = crashOfOneSecond(network, nodes.first(1));
      network.run(Duration.ofSeconds(10));
      assertEquals(1, first.bites());
      assertEquals(0, second.bites());
      assertEquals(3, nodes.up().size());
      assertFalse(nodes.get(0).manager().peers().isEmpty());
      network.claims().assertHeld();
    }
  }

  private static Strike crashOfOneSecond(Simulation network, SimNodes victims) {
    return network.schedule(new Crash(true), victims, Duration.ofSeconds(1), Duration.ofSeconds(1));
  }

  /** Every second message to a victim takes longer. */
  private static final class EverySecondIsLate implements Fault {
    @Override
    public String kind() {
      return "every-second-is-late";
    }

    @Override
    public Set<Ability> needs() {
      return Set.of(Ability.RULES);
    }

    @Override
    public boolean disturbsDelivery() {
      return false;
    }

    @Override
    public void begin(FaultContext context) {
      long[] seen = new long[1];
      context.rule(
          passage -> {
            if (!context.victims().contains(passage.to()) || ++seen[0] % 2 == 0) {
              return Fate.PASS;
            }
            context.bit();
            return Fate.delay(1_000_000_000);
          });
    }
  }

  @Test
  void aFaultOfTheTestsOwnBites() {
    try (Simulation network = Simulation.seeded(1)) {
      Duo duo = new Duo(network);
      Strike late = network.begin(new EverySecondIsLate(), SimNodes.of(duo.answerer));
      Duration before = network.now();
      network.await(duo.ask());
      assertTrue(network.now().minus(before).toMillis() >= 1_000);
      late.end();
      assertTrue(late.bites() > 0);
      before = network.now();
      network.await(duo.ask());
      assertTrue(network.now().minus(before).toMillis() < 1_000);
    }
  }

  /** Has a bad answer for the first bytes that somebody sends. */
  private static final class Broken implements Fault {
    private final Supplier<Fate> answer;

    private Broken(Supplier<Fate> answer) {
      this.answer = answer;
    }

    @Override
    public String kind() {
      return "broken";
    }

    @Override
    public Set<Ability> needs() {
      return Set.of(Ability.RULES);
    }

    @Override
    public boolean disturbsDelivery() {
      return false;
    }

    @Override
    public void begin(FaultContext context) {
      boolean[] asked = new boolean[1];
      context.rule(
          passage -> {
            if (asked[0] || passage.kind() != Passage.Kind.BYTES) {
              return Fate.PASS;
            }
            asked[0] = true;
            return answer.get();
          });
    }
  }

  @Test
  void aRuleThatThrowsFailsTheRunAndLetsTheMessagePass() {
    IllegalStateException mistake = new IllegalStateException("a mistake");
    try (Simulation network = Simulation.seeded(1)) {
      Duo duo = new Duo(network);
      network.begin(
          new Broken(
              () -> {
                throw mistake;
              }),
          SimNodes.of(duo.answerer));
      CompletionStage<Answer> answer = duo.ask();
      AssertionError failure =
          assertThrows(AssertionError.class, () -> network.run(Duration.ofSeconds(1)));
      assertSame(mistake, failure.getCause());
      assertEquals(4, network.await(answer, Duration.ofMillis(50)).payloadBytes());
    }
  }

  @Test
  void aRuleWithoutAnAnswerFailsTheRun() {
    try (Simulation network = Simulation.seeded(1)) {
      Duo duo = new Duo(network);
      network.begin(new Broken(() -> null), SimNodes.of(duo.answerer));
      duo.ask();
      AssertionError failure =
          assertThrows(AssertionError.class, () -> network.run(Duration.ofSeconds(1)));
      assertTrue(failure.getMessage().contains(" gave no fate for Passage[kind=BYTES, from=1, "));
    }
  }

  @Test
  void aHostilePeerIsPunishedWithoutBreakingAClaim() {
    try (Simulation network = Simulation.seeded(1)) {
      Duo duo = new Duo(network);
      Strike hostile =
          network.during(
              Duration.ofSeconds(30),
              new HostilePeer(Behaviours.names().get(0)),
              SimNodes.of(duo.answerer));
      assertTrue(hostile.bites() > 0);
      network.claims().assertHeld();
      assertThrows(IllegalStateException.class, () -> network.node("late", NodeCode.NONE));
    }
  }

  @Test
  void theSameSeedGivesTheSameDigestAndAnotherSeedAnother() {
    assertEquals(digest(5), digest(5));
    assertNotEquals(digest(5), digest(6));
  }

  private static String digest(long seed) {
    try (Simulation network = Simulation.seeded(seed)) {
      network.discoveryNode("discovery");
      SimNodes nodes = network.nodes("node", 5, NodeCode.NONE);
      network.run(Duration.ofSeconds(5));
      int victim = network.random("victim").nextInt(5);
      network.during(Duration.ofSeconds(5), new Crash(true), SimNodes.of(nodes.get(victim)));
      return network.digest();
    }
  }

  @Test
  void namesAndNodesOfOthersAreRefused() {
    try (Simulation network = Simulation.seeded(1);
        Simulation other = Simulation.seeded(1)) {
      SimNode node = network.node("node", NodeCode.NONE);
      assertThrows(IllegalArgumentException.class, () -> network.node("node", NodeCode.NONE));
      assertThrows(
          IllegalArgumentException.class, () -> other.begin(new Crash(false), SimNodes.of(node)));
    }
  }

  private static void assertRefuses(String message, Consumer<Simulation> call) {
    try (Simulation network = Simulation.seeded(1)) {
      IllegalArgumentException refused =
          assertThrows(IllegalArgumentException.class, () -> call.accept(network));
      assertEquals(message, refused.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -3})
  void aGroupWithoutNodesIsRefused(int count) {
    assertRefuses(
        "nodes 'x': a count of " + count + " is below the minimum of 1",
        network -> network.nodes("x", count, NodeCode.NONE));
  }

  @Test
  void negativeSpansAreRefused() {
    Duration negative = Duration.ofNanos(-1);
    Partition cut = new Partition(Direction.BOTH);
    String words = ": a span of " + negative + " is below the minimum of PT0S";
    assertRefuses("run" + words, network -> network.run(negative));
    assertRefuses("after" + words, network -> network.after(negative, () -> {}));
    assertRefuses("during" + words, network -> network.during(negative, cut, SimNodes.of()));
    assertRefuses(
        "schedule, after" + words,
        network -> network.schedule(cut, SimNodes.of(), negative, Duration.ZERO));
    assertRefuses(
        "schedule, lasting" + words,
        network -> network.schedule(cut, SimNodes.of(), Duration.ZERO, negative));
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE / 1_000_000_000, Long.MAX_VALUE})
  void whatIsBeyondTheEndOfTimeNeverHappens(long seconds) {
    Duration never = Duration.ofSeconds(seconds);
    try (Simulation network = Simulation.seeded(1)) {
      network.run(Duration.ofSeconds(1));
      boolean[] happened = new boolean[1];
      network.after(never, () -> happened[0] = true);
      Strike strike = network.schedule(new Partition(Direction.BOTH), SimNodes.of(), never, never);
      Strike endless =
          network.schedule(new Partition(Direction.BOTH), SimNodes.of(), Duration.ZERO, never);
      network.after(Duration.ofSeconds(5), () -> {});
      assertTrue(network.runUntil(() -> network.now().toSeconds() == 6, never));
      assertFalse(happened[0] || strike.isOn());
      assertTrue(endless.isOn());
    }
  }

  @Test
  void timePassesToItsEnd() {
    try (Simulation network = Simulation.seeded(1)) {
      network.run(Duration.ofSeconds(Long.MAX_VALUE));
      assertEquals(Duration.ofNanos(Long.MAX_VALUE - 1), network.now());
    }
  }

  @Test
  void nothingGoesOnInASimulationThatIsClosed() {
    Simulation network = Simulation.seeded(1);
    SimNode node = network.node("node", NodeCode.NONE);
    network.run(Duration.ofSeconds(1));
    String digest = network.digest();
    network.close();
    network.close();
    Fault cut = new Partition(Direction.BOTH);
    List<Executable> calls =
        List.of(
            () -> network.run(Duration.ofSeconds(1)),
            () -> network.runUntil(() -> true, Duration.ZERO),
            () -> network.await(new CompletableFuture<>()),
            () -> network.after(Duration.ZERO, () -> {}),
            () -> network.every(Duration.ofSeconds(1), () -> {}),
            () -> network.node("late", NodeCode.NONE),
            () -> network.begin(cut, SimNodes.of(node)),
            () -> network.schedule(cut, SimNodes.of(node), Duration.ZERO, Duration.ZERO),
            () -> node.stop(),
            () -> network.claims().assertHeld());
    for (Executable call : calls) {
      String message = assertThrows(IllegalStateException.class, call).getMessage();
      assertTrue(message.startsWith("the simulation is closed: it cannot "), message);
    }
    assertEquals(digest, network.digest());
    assertEquals(Duration.ofSeconds(1), network.now());
    assertEquals(List.of(), network.claims().breaches());
  }
}
