package bdk.p2p.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bdk.p2p.message.Command;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.uring.IoUring;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One contract for every transport. */
class TransportTest {
  private static final Command ECHO = Command.of(Command.FIRST_FREE);
  private static final int PAYLOAD_BYTES = 300_000;

  @ParameterizedTest
  @EnumSource(TransportKind.class)
  void requestIsAnsweredOverEveryTransport(TransportKind transport) throws Exception {
    assumeTrue(transport != TransportKind.EPOLL || Epoll.isAvailable(), "no epoll on this machine");
    assumeTrue(
        transport != TransportKind.IO_URING || IoUring.isAvailable(),
        "no io_uring on this machine");
    ManagerOptions options = ManagerOptions.builder().transport(transport).build();
    try (Manager server =
            Manager.builder()
                .options(options)
                .listen("127.0.0.1", 0)
                .onRequest(ECHO, (peer, request) -> request.payload())
                .start();
        Manager client = Manager.builder().options(options).start()) {
      Peer peer =
          client
              .connect(server.listening().orElseThrow())
              .toCompletableFuture()
              .get(10, TimeUnit.SECONDS);
      int bytes =
          client
              .request(peer, ECHO, ByteBuffer.allocate(PAYLOAD_BYTES))
              .toCompletableFuture()
              .get(10, TimeUnit.SECONDS)
              .payloadBytes();
      assertEquals(PAYLOAD_BYTES, bytes);
    }
  }
}
