package bdk.p2p.simulator.world;

import static bdk.p2p.simulator.world.Rig.buffer;
import static bdk.p2p.simulator.world.Rig.randomBytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.environment.Environment;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CrashTest {
  private static final List<String> RESET =
      List.of("active", "Connection reset by peer", "inactive");

  @Test
  void peersOfACrashedHostNoticeNothing() {
    try (Rig rig = new Rig()) {
      Host acceptor = rig.host(2);
      Rig.Pair pair = rig.pair(rig.host(1), acceptor);
      acceptor.crash();
      rig.runMillis(3_600_000);
      assertEquals(List.of("active"), pair.dialler.events);
      assertEquals(List.of("active"), pair.acceptor.events);
      assertFalse(pair.acceptor.channel.isOpen());
    }
  }

  @Test
  void segmentThatArrivesAfterARestartIsAnsweredWithAReset() {
    try (Rig rig = new Rig()) {
      Host acceptor = rig.host(2);
      Rig.Pair pair = rig.pair(rig.host(1), acceptor);
      acceptor.crash();
      rig.runMillis(1_000);
      acceptor.restart();
      rig.runMillis(1_000);
      assertEquals(List.of("active"), pair.dialler.events);
      pair.dialler.channel.writeAndFlush(buffer(randomBytes(1)));
      rig.runMillis(19);
      assertEquals(List.of("active"), pair.dialler.events);
      rig.runMillis(1);
      assertEquals(RESET, pair.dialler.events);
    }
  }

  @Test
  void segmentThatWasLostIsSentAgainUntilTheRestartedHostAnswersWithAReset() {
    try (Rig rig = new Rig()) {
      Host acceptor = rig.host(2);
      Rig.Pair pair = rig.pair(rig.host(1), acceptor);
      acceptor.crash();
      pair.dialler.channel.writeAndFlush(buffer(randomBytes(1)));
      rig.runMillis(10_000);
      assertEquals(List.of("active"), pair.dialler.events);
      acceptor.restart();
      rig.runMillis(30_000);
      assertEquals(RESET, pair.dialler.events);
      assertEquals(0, pair.acceptor.bytes.size());
    }
  }

  @Test
  void senderWithoutAnyAnswerGivesUpAtLast() {
    try (Rig rig = new Rig()) {
      Host acceptor = rig.host(2);
      Rig.Pair pair = rig.pair(rig.host(1), acceptor);
      acceptor.crash();
      pair.dialler.channel.writeAndFlush(buffer(randomBytes(1)));
      rig.runMillis(10 * 60_000);
      assertEquals(List.of("active"), pair.dialler.events);
      rig.runMillis(10 * 60_000);
      assertEquals(List.of("active", "Connection timed out", "inactive"), pair.dialler.events);
    }
  }

  @Test
  void connectionOfTwoCrashedHostsIsForgottenWithTheLastSegment() {
    try (Rig rig = new Rig()) {
      Host dialler = rig.host(1);
      Host acceptor = rig.host(2);
      Rig.Pair pair = rig.pair(dialler, acceptor);
      pair.dialler.channel.writeAndFlush(buffer(randomBytes(1)));
      rig.runMillis(9);
      dialler.crash();
      acceptor.crash();
      assertEquals(1, rig.world.connectionCount());
      rig.runMillis(1);
      assertEquals(0, rig.world.connectionCount());
    }
  }

  @Test
  void whatHadNotLeftACrashedHostIsLost() {
    try (Rig rig = new Rig()) {
      Host slow = rig.world.host(Rig.ip(1), 8_000_000, 0);
      Rig.Pair pair = rig.pair(slow, rig.host(2));
      pair.dialler.channel.writeAndFlush(buffer(randomBytes(200_000)));
      rig.runMillis(100);
      slow.crash();
      rig.runMillis(60_000);
      int received = pair.acceptor.bytes.size();
      assertTrue(received > 0 && received <= 100_000, "" + received);
      assertEquals(List.of("active"), pair.acceptor.events);
    }
  }

  @Test
  void closedChannelOfACrashedHostSendsNothingMore() {
    try (Rig rig = new Rig()) {
      Host slow = rig.world.host(Rig.ip(1), 8_000_000, 0);
      Rig.Pair pair = rig.pair(slow, rig.host(2));
      pair.dialler.channel.writeAndFlush(buffer(randomBytes(200_000)));
      pair.dialler.channel.close();
      rig.runMillis(50);
      slow.crash();
      rig.runMillis(60_000);
      assertTrue(pair.acceptor.bytes.size() <= 50_000, "" + pair.acceptor.bytes.size());
      assertEquals(List.of("active"), pair.acceptor.events);
    }
  }

  @Test
  void nothingOfACrashedProcessRunsAgainEvenAfterARestart() {
    try (Rig rig = new Rig()) {
      Host host = rig.host(1);
      Environment process = host.environment();
      List<String> ran = new ArrayList<>();
      process.workers().execute(() -> ran.add("worker"));
      process.scheduler().schedule(() -> ran.add("timer"), 1, TimeUnit.SECONDS);
      process.scheduler().scheduleAtFixedRate(() -> ran.add("rate"), 1, 1, TimeUnit.SECONDS);
      process.eventLoops().execute(() -> ran.add("loop"));
      process.eventLoops().schedule(() -> ran.add("loop timer"), 1, TimeUnit.SECONDS);
      host.crash();
      host.restart();
      process.workers().execute(() -> ran.add("late worker"));
      process.scheduler().execute(() -> ran.add("late timer"));
      process.eventLoops().execute(() -> ran.add("late loop"));
      rig.runMillis(60_000);
      assertEquals(List.of(), ran);
    }
  }

  @Test
  void listenersAreGoneAfterARestartUntilANewProcessListens() {
    try (Rig rig = new Rig()) {
      Host acceptor = rig.host(2);
      Environment dialler = rig.host(1).environment();
      rig.listen(acceptor.environment(), new Recorder());
      acceptor.crash();
      acceptor.restart();
      ChannelFuture early = rig.dial(dialler, acceptor, new Recorder());
      rig.runMillis(100);
      assertInstanceOf(ConnectException.class, early.cause());
      rig.listen(acceptor.environment(), new Recorder());
      ChannelFuture late = rig.dial(dialler, acceptor, new Recorder());
      rig.runMillis(100);
      assertTrue(late.isSuccess());
    }
  }

  @Test
  void aDialWhoseAnswerFindsTheDiallerDeadLeavesTheAcceptorToItsOwnMeans() {
    try (Rig rig = new Rig()) {
      Host dialler = rig.host(1);
      Host acceptor = rig.host(2);
      Recorder accepted = new Recorder();
      rig.listen(acceptor.environment(), accepted);
      rig.dial(dialler.environment(), acceptor, new Recorder());
      rig.runMillis(15);
      dialler.crash();
      rig.runMillis(10_000);
      assertEquals(List.of("active"), accepted.events);
      dialler.restart();
      rig.runMillis(30_000);
      assertEquals(RESET, accepted.events);
    }
  }

  @Test
  void whatADeadPipelineStillHeldIsReleasedWithoutAnotherEvent() {
    try (Rig rig = new Rig()) {
      Host acceptor = rig.host(2);
      List<String> seen = new ArrayList<>();
      Recorder dialler = new Recorder();
      rig.listen(
          acceptor.environment(),
          new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
              channel.pipeline().addLast(new LengthFieldBasedFrameDecoder(1_000, 0, 4));
              channel.pipeline().addLast(new Recorder());
              channel.closeFuture().addListener(done -> seen.add("closed"));
              ByteBuf reply = channel.alloc().buffer().writeZero(1_000_000);
              channel.writeAndFlush(reply).addListener(done -> seen.add("written"));
            }
          });
      rig.dial(rig.host(1).environment(), acceptor, dialler);
      rig.runMillis(50);
      dialler.channel.writeAndFlush(buffer(new byte[] {0, 0, 0, 100, 1, 2, 3}));
      dialler.channel.config().setAutoRead(false);
      rig.runMillis(100);
      acceptor.crash();
      rig.runMillis(1_000);
      assertEquals(List.of(), seen);
    }
  }

  @Test
  void hostThatIsDownStartsNoProcess() {
    try (Rig rig = new Rig()) {
      Host host = rig.host(1);
      host.crash();
      assertFalse(host.isUp());
      assertThrows(IllegalStateException.class, host::environment);
      host.restart();
      assertTrue(host.isUp());
      host.environment();
    }
  }

  @Test
  void waitingInADeadProcessIsRefused() {
    try (Rig rig = new Rig()) {
      Host host = rig.host(1);
      Environment process = host.environment();
      host.crash();
      assertThrows(
          IllegalStateException.class,
          () -> process.await(new CompletableFuture<>(), Duration.ofSeconds(1)));
      process.close(Duration.ofSeconds(1));
    }
  }

  @Test
  void crashFromInsideALoopIsRefused() {
    try (Rig rig = new Rig()) {
      Host host = rig.host(1);
      List<Throwable> thrown = new ArrayList<>();
      host.environment()
          .eventLoops()
          .execute(() -> thrown.add(assertThrows(IllegalStateException.class, host::crash)));
      rig.runMillis(0);
      assertEquals(1, thrown.size());
      assertTrue(host.isUp());
    }
  }
}
