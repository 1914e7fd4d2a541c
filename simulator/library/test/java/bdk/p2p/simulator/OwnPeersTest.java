package bdk.p2p.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import bdk.p2p.manager.ManagerOptions;
import bdk.p2p.message.Direction;
import bdk.p2p.message.NodeType;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A node has peers of its own choice, however many others have chosen it. */
class OwnPeersTest {
  private static NodeCode wants(int peers) {
    return (self, node) -> node.options(ManagerOptions.builder().minPeers(peers).build());
  }

  /** How a node came to its NORMAL peers. */
  private static List<Direction> directions(SimNode node) {
    return node.manager().peers().stream()
        .filter(peer -> peer.type() == NodeType.NORMAL)
        .map(peer -> peer.direction())
        .sorted()
        .toList();
  }

  @Test
  void nodeThatHasAllThePeersItWantsStillDialsOneInFour() {
    try (Simulation network = Simulation.seeded(1)) {
      network.discoveryNode("discovery");
      SimNode besieged = network.node("besieged", wants(8));
      network.nodes(
          "besieger", 8, wants(0).whenStarted((self, node) -> node.connect(besieged.id())));
      network.run(Duration.ofSeconds(20));

      assertEquals(Collections.nCopies(8, Direction.INBOUND), directions(besieged));
      network.nodes("honest", 3, wants(0));
      network.run(Duration.ofSeconds(30));
      assertEquals(
          2, directions(besieged).stream().filter(one -> one == Direction.OUTBOUND).count());
    }
  }
}
