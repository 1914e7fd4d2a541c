package bdk.p2p.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.SendResult;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Who waits for room in a queue does so in virtual time, and each run in the same way. */
class WaitingForRoomTest {
  private static final ByteBuffer PAYLOAD = ByteBuffer.allocate(50_000);

  /** Sends all at once and then with waiting; returns the instants at which there was room. */
  private static String fiveHundred() {
    StringBuilder instants = new StringBuilder();
    try (Simulation network = Simulation.seeded(3)) {
      Duo duo = new Duo(network);
      network.run(Duration.ofSeconds(1));
      for (int sent = 0; sent < 500; ) {
        if (duo.manager().notify(duo.peer(), Duo.ASK, PAYLOAD) == SendResult.QUEUED) {
          sent++;
        } else {
          CompletableFuture<Void> room =
              duo.manager().room(duo.peer(), PAYLOAD.remaining()).toCompletableFuture();
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
