package bdk.p2p.simulator.run;

import static bdk.p2p.simulator.run.HandMadeRun.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TopologyTest {
  private final HandMadeRun run = new HandMadeRun();
  private final Topology topology = new Topology();
  private final SimulatedNode node = run.normal();
  private final SimulatedNode other = run.normal();

  @BeforeEach
  void watch() {
    run.listen(topology);
  }

  @AfterEach
  void close() {
    run.close();
  }

  @Test
  void nodesThatHaveEachOtherAreJoined() {
    run.connected(node, other, SECOND);
    assertEquals(List.of(), topology.joined(node));
    run.connected(other, node, 2 * SECOND);
    assertEquals(List.of(other), topology.joined(node));
    assertEquals(List.of(node), topology.joined(other));
    assertTrue(topology.joinedSince(node, other, 2 * SECOND));
    assertFalse(topology.joinedSince(node, other, 2 * SECOND - 1));
  }

  @Test
  void handleOfAnEndedLifeJoinsNobodyThoughThePeerIsBack() {
    run.connect(node, other, SECOND);
    run.crashAndReturn(other, 3 * SECOND);
    run.connected(other, node, 4 * SECOND);
    assertEquals(List.of(), topology.joined(node));
    assertEquals(List.of(), topology.joined(other));
    assertFalse(topology.joinedSince(node, other, 5 * SECOND));
    assertEquals(1, topology.normalPeers(node), "it has not been told");
    run.connected(node, other, 5 * SECOND);
    assertEquals(List.of(other), topology.joined(node));
  }

  @Test
  void handleThatGoesOnWithAnotherConnectionJoinsAgain() {
    HandMadePeer kept = (HandMadePeer) run.connected(node, other, SECOND);
    run.connected(other, node, SECOND);
    run.crashAndReturn(other, 3 * SECOND);
    run.connected(other, node, 4 * SECOND);
    kept.goOn(50_001);
    assertEquals(List.of(other), topology.joined(node));
    assertEquals(List.of(node), topology.joined(other));
  }
}
