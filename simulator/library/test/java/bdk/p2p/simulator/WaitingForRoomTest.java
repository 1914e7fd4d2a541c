package bdk.p2p.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.manager.Manager;
import bdk.p2p.manager.Peer;
import bdk.p2p.message.Command;
import bdk.p2p.message.SendResult;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Who waits for room in a queue does so in virtual time, and each run in the same way. */
class WaitingForRoomTest {
  private static final Command COMMAND = Command.of(Command.FIRST_FREE);
  private static final ByteBuffer PAYLOAD = ByteBuffer.allocate(50_000);

  /** Sends all at once and then with waiting; returns the instants at which there was room. */
  private static String fiveHundred() {
    StringBuilder instants = new StringBuilder();
    try (Simulation network = Simulation.seeded(3)) {
      SimNode receiver =
          network.node(
              "receiver", (self, node) -> node.onNotification(COMMAND, (from, message) -> {}));
      Manager sender = network.node("sender", NodeCode.NONE).manager();
      Peer peer = network.await(sender.connect(receiver.id()));
      for (int sent = 0; sent < 500; ) {
        SendResult result = sender.notify(peer, COMMAND, PAYLOAD);
        if (result == SendResult.QUEUED) {
          sent++;
        } else {
          assertEquals(SendResult.QUEUE_FULL, result);
          CompletableFuture<Void> room =
              sender.room(peer, PAYLOAD.remaining()).toCompletableFuture();
          assertFalse(room.isDone());
          room.join();
          instants.append(network.now()).append(' ');
        }
      }
    }
    return instants.toString();
  }

  @Test
  void roomComesAtTheSameInstantsInEachRun() {
    String first = fiveHundred();
    assertTrue(first.split(" ").length > 5, first);
    assertEquals(first, fiveHundred());
  }
}
