package bdk.p2p.simulator.planted;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.environment.Environment;
import bdk.p2p.message.NodeType;
import bdk.p2p.simulator.backend.Await;
import bdk.p2p.simulator.backend.Leftovers;
import bdk.p2p.simulator.oracle.Claim;
import bdk.p2p.simulator.oracle.ClaimBoard;
import bdk.p2p.simulator.oracle.ClaimResult;
import bdk.p2p.simulator.run.NodeHook;
import bdk.p2p.simulator.run.RunOptions;
import bdk.p2p.simulator.run.RunRecord;
import bdk.p2p.simulator.run.ScenarioRunner;
import bdk.p2p.simulator.scenario.BackendKind;
import bdk.p2p.simulator.scenario.NodeGroup;
import bdk.p2p.simulator.scenario.Scenario;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What is left of a run over real sockets is counted: nothing of honest nodes, each kind that is
 * planted.
 */
@Timeout(120)
class LoopbackLeaksTest {
  private static final int ANOTHER_PORT = 7001;

  private static Scenario scenario() {
    Scenario small = SmallNetwork.scenario();
    return new Scenario(
        small.name(),
        small.description(),
        BackendKind.LOOPBACK,
        small.regions(),
        List.of(
            NodeGroup.of("discovery", 1, NodeType.DISCOVERY, SmallNetwork.options().build()),
            NodeGroup.of("node", 3, NodeType.NORMAL, SmallNetwork.options().build())),
        List.of(),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        small.workload(),
        List.of(),
        small.bounds());
  }

  private record Outcome(Leftovers left, ClaimResult claim) {}

  private static Outcome run(NodeHook hook) {
    ClaimBoard claims = new ClaimBoard(Claim.of(scenario()));
    RunRecord run =
        new ScenarioRunner(scenario(), RunOptions.seeded(1).withHook(hook), claims).run();
    ClaimResult leaks =
        claims.conclude(run).stream()
            .filter(result -> result.name().equals("nothing-leaks"))
            .findFirst()
            .orElseThrow();
    return new Outcome(run.leftovers().orElseThrow(), leaks);
  }

  @AfterEach
  void noProcessIsLeftWhateverTheyLeave() {
    Await.noThreads();
  }

  @Test
  void nothingIsLeftOfHonestNodes() {
    Outcome outcome = run(NodeHook.NONE);
    assertEquals("nothing", outcome.left().toString());
    assertTrue(outcome.claim().held(), outcome.claim()::detail);
  }

  @Test
  void whatIsLeftIsCountedAndBreaksTheClaim() {
    Outcome outcome = run(Plants.atStart(Plants.one(), LoopbackLeaksTest::leaveEverything));
    Leftovers left = outcome.left();
    // The listening channel, and one at each end of the connection.
    assertEquals(3, left.channels());
    assertEquals(1, left.connections());
    // The scheduler's, and the loop that has one.
    assertEquals(2, left.timers());
    assertEquals(2, left.planned());
    assertEquals(64, left.bufferBytes());
    assertEquals(List.of("stray"), left.threads());
    assertFalse(outcome.claim().held());
    assertEquals("left when all nodes were closed: " + left, outcome.claim().detail());
  }

  /** Each kind of thing that can be left, and nobody to close it. */
  private static void leaveEverything(Environment real) {
    InetSocketAddress own =
        new InetSocketAddress(real.localAddresses().iterator().next(), ANOTHER_PORT);
    real.serverBootstrap()
        .childHandler(new ChannelInboundHandlerAdapter())
        .bind(own)
        .syncUninterruptibly();
    Channel dialled =
        real.clientBootstrap()
            .handler(new ChannelInboundHandlerAdapter())
            .connect(own)
            .syncUninterruptibly()
            .channel();
    dialled.alloc().heapBuffer(64);
    real.scheduler().schedule(() -> {}, 1, TimeUnit.DAYS);
    dialled.eventLoop().schedule(() -> {}, 1, TimeUnit.DAYS);
    // By a thread of the node's, as its handlers would.
    dialled.eventLoop().submit(StrayThread::start).syncUninterruptibly();
  }
}
