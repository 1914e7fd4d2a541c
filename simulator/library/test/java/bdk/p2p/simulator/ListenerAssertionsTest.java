package bdk.p2p.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.manager.NodeListener;
import bdk.p2p.manager.Peer;
import bdk.p2p.message.CloseReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

/** What a listener throws harms no node, but an assertion of a test's counts. */
class ListenerAssertionsTest {
  /** Somebody comes to a node whose listener throws when it goes. */
  private static void comeAndGo(Simulation network, Runnable thrower) {
    NodeListener throwing =
        new NodeListener() {
          @Override
          public void disconnected(Peer peer, CloseReason reason) {
            thrower.run();
          }
        };
    SimNode node = network.node("node", (self, builder) -> builder.listener(throwing));
    SimNode guest = network.node("guest", NodeCode.NONE);
    network.await(guest.manager().connect(node.id()));
    network.run(Duration.ofSeconds(1));
    guest.stop();
    network.run(Duration.ofSeconds(1));
  }

  @Test
  void anAssertionThatFailsInAListenerFailsTheRun() {
    try (Simulation network = Simulation.seeded(1)) {
      AssertionError failure =
          assertThrows(AssertionError.class, () -> comeAndGo(network, () -> assertEquals(1, 2)));
      assertSame(AssertionFailedError.class, failure.getCause().getClass());
      assertTrue(failure.getMessage().contains(" on node "), failure.getMessage());
    }
  }

  @Test
  void anExceptionOfAListenerHarmsNobody() {
    try (Simulation network = Simulation.seeded(1)) {
      comeAndGo(
          network,
          () -> {
            throw new IllegalStateException("a mistake");
          });
      network.claims().assertHeld();
    }
  }
}
