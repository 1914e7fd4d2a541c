package bdk.p2p.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import bdk.p2p.message.Command;
import bdk.p2p.message.Verdict;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** A simulation that ends in the middle of things forgets no buffer. */
class NoLeaksTest {
  private static final Command NEWS = Command.BROADCAST_TRANSACTION;

  @Test
  void framesThatStillWaitWhenThePowerGoesAreReleased() {
    for (int round = 0; round < 5; round++) {
      endWithWaitingFrames();
    }
    for (int round = 0; round < 20; round++) {
      System.gc();
      LockSupport.parkNanos(10_000_000);
      ByteBufAllocator.DEFAULT.buffer(64).release(); // the detector looks when one is made
    }
    // Bugs that other tests of this JVM plant into nodes may leak.
    List<String> found =
        LeakCollector.FOUND.stream().filter(leak -> !leak.contains("simulator.planted.")).toList();
    assertEquals(List.of(), found);
  }

  private static void endWithWaitingFrames() {
    try (Simulation network = Simulation.seeded(1)) {
      network.discoveryNode("discovery");
      NodeCode relay = (self, node) -> node.onBroadcast(NEWS, (peer, news) -> Verdict.RELAY);
      SimNodes nodes = network.nodes("node", 4, relay);
      network.run(Duration.ofSeconds(5));
      nodes.get(0).manager().broadcast(NEWS, ByteBuffer.allocate(100));
      nodes.get(0).crash();
      nodes.get(1).manager().broadcast(NEWS, ByteBuffer.allocate(101));
    }
  }
}
