package bdk.p2p.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.manager.NodeListener;
import bdk.p2p.manager.Peer;
import bdk.p2p.message.CloseReason;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

/** Assertions in a listener count where the test wants it. */
class AssertingListenerTest {
  /** Somebody comes to a node whose listener throws, and goes. */
  private static void comeAndGo(
      Simulation network,
      NodeListener theirs,
      BiFunction<SimNode, NodeListener, NodeListener> wrapped) {
    SimNode node =
        network.node("node", (self, builder) -> builder.listener(wrapped.apply(self, theirs)));
    SimNode guest = network.node("guest", NodeCode.NONE);
    network.await(guest.manager().connect(node.id()));
    network.run(Duration.ofSeconds(1));
    guest.stop();
    network.run(Duration.ofSeconds(1));
  }

  private static NodeListener throwing(Runnable what) {
    return new NodeListener() {
      @Override
      public void disconnected(Peer peer, CloseReason reason) {
        what.run();
      }
    };
  }

  @Test
  void anAssertionThatFailsInAListenerFailsTheRun() {
    try (Simulation network = Simulation.seeded(1)) {
      NodeListener theirs = throwing(() -> assertEquals(1, 2));
      AssertionError failure =
          assertThrows(AssertionError.class, () -> comeAndGo(network, theirs, SimNode::asserting));
      assertSame(AssertionFailedError.class, failure.getCause().getClass());
      assertTrue(failure.getMessage().contains(" on node "), failure.getMessage());
    }
  }

  @Test
  void anExceptionOfAListenerHarmsNobody() {
    try (Simulation network = Simulation.seeded(1)) {
      NodeListener theirs =
          throwing(
              () -> {
                throw new IllegalStateException("a mistake");
              });
      comeAndGo(network, theirs, SimNode::asserting);
      network.claims().assertHeld();
    }
  }

  @Test
  void whatANodeIsGivenAsItIsIsSwallowed() {
    try (Simulation network = Simulation.seeded(1)) {
      comeAndGo(network, throwing(() -> assertEquals(1, 2)), (self, listener) -> listener);
      network.claims().assertHeld();
    }
  }

  @Test
  void nothingThatAListenerIsToldIsLeftOut() throws Exception {
    for (Method one : NodeListener.class.getMethods()) {
      Method own =
          Arrays.stream(AssertingListener.class.getDeclaredMethods())
              .filter(each -> each.getName().equals(one.getName()))
              .findFirst()
              .orElseThrow(() -> new AssertionError(one + " is not passed on"));
      assertEquals(one.getParameterCount(), own.getParameterCount());
    }
  }
}
