package bdk.p2p.environment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class FairEventLoopsTest {
  /** Counts down when what a channel holds is given back. */
  private static final class Removal extends ChannelInboundHandlerAdapter {
    private final CountDownLatch removed = new CountDownLatch(1);

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
      removed.countDown();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"EPOLL", "NIO"})
  void loopThatIsToldToEndAmongItsTasksClosesItsSockets(Transport transport)
      throws InterruptedException {
    SystemEnvironment environment = new SystemEnvironment("loops", transport, 1, 1);
    Removal removal = new Removal();
    Channel socket =
        environment
            .serverBootstrap()
            .handler(removal)
            .childHandler(new Removal())
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
    CountDownLatch busy = new CountDownLatch(1);
    socket
        .eventLoop()
        .execute(
            () -> {
              busy.countDown();
              while (!socket.eventLoop().isShuttingDown()) {
                Thread.onSpinWait();
              }
            });
    busy.await();
    environment.close(Duration.ofSeconds(20));
    assertTrue(socket.eventLoop().isTerminated());
    assertFalse(socket.isOpen());
    assertEquals(0, removal.removed.getCount());
  }
}
