package bdk.p2p.simulator.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.environment.Environment;
import bdk.p2p.environment.SystemEnvironment;
import bdk.p2p.environment.Transport;
import bdk.p2p.manager.Manager;
import bdk.p2p.manager.NodeListener;
import bdk.p2p.manager.Peer;
import bdk.p2p.message.CloseReason;
import bdk.p2p.simulator.backend.Await;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RealSocketsTest {
  @Test
  void aBehaviourIsTheSameOverRealSocketsAndStops() throws Exception {
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    CompletableFuture<CloseReason> reason = new CompletableFuture<>();
    NodeListener listener =
        new NodeListener() {
          @Override
          public void disconnected(Peer peer, CloseReason why) {
            reason.complete(why);
          }
        };
    try (Manager node = Manager.builder().listen("127.0.0.1", 0).listener(listener).start()) {
      AtomicLong bites = new AtomicLong();
      Environment environment = new SystemEnvironment("hostile", Transport.NIO, 1, 1);
      Attack attack =
          Attack.begin(
              "zero-length-frame",
              environment,
              loopback,
              new InetSocketAddress(loopback, node.listening().orElseThrow().port()),
              bites::incrementAndGet);
      assertEquals(CloseReason.Code.VIOLATION, reason.get(20, TimeUnit.SECONDS).code());
      assertTrue(bites.get() > 0);
      attack.end();
      Await.until("the end of the loops", environment.eventLoops()::isTerminated);
    }
  }

  @Test
  void aBehaviourThatThereIsNotIsRefused() {
    assertEquals(
        "behaviour is 'nice', expected one of " + String.join(", ", Behaviours.names()),
        assertThrows(IllegalArgumentException.class, () -> Behaviours.require("nice"))
            .getMessage());
  }
}
