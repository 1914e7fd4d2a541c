package bdk.p2p.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;

import bdk.p2p.message.*;
import java.nio.ByteBuffer;
import java.util.concurrent.*;
import org.junit.jupiter.api.Test;

class SmokeTest {
  @Test
  void two() throws Exception {
    CompletableFuture<Broadcast> got = new CompletableFuture<>();
    try (Manager a =
            Manager.builder()
                .listen("127.0.0.1", 0)
                .onRequest(Command.of(4096), (p, r) -> r.payload())
                .onBroadcast(Command.BROADCAST_TRANSACTION, (p, b) -> {
                  got.complete(b);
                  return Verdict.RELAY;
                })
                .start();
        Manager b = Manager.builder().listen("127.0.0.1", 0).start()) {
      Peer peer = b.connect(a.listening().get()).toCompletableFuture().get(5, TimeUnit.SECONDS);
      System.out.println(b.ping(peer).toCompletableFuture().get(5, TimeUnit.SECONDS));
      Answer answer = b.request(peer, Command.of(4096), ByteBuffer.wrap(new byte[] {1, 2})).toCompletableFuture().get(5, TimeUnit.SECONDS);
      assertEquals(2, answer.payloadBytes());
      System.out.println(b.broadcast(Command.BROADCAST_TRANSACTION, ByteBuffer.wrap(new byte[] {1, 2})));
      System.out.println(got.get(5, TimeUnit.SECONDS));
      System.out.println(b.requestInfo(peer).toCompletableFuture().get(5, TimeUnit.SECONDS));
      System.out.println(b.requestNodes(peer).toCompletableFuture().get(5, TimeUnit.SECONDS));
      System.out.println(b.statistics());
    }
  }
}
