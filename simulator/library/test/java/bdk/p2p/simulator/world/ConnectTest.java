package bdk.p2p.simulator.world;

import static bdk.p2p.simulator.world.Rig.MILLI;
import static bdk.p2p.simulator.world.Rig.PORT;
import static bdk.p2p.simulator.world.Rig.assertHappensAt;
import static bdk.p2p.simulator.world.Rig.buffer;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.environment.Environment;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectTest {
  @Test
  void acceptorIsOpenAfterHalfARoundTripAndDiallerAfterAWholeOne() {
    try (Rig rig = new Rig()) {
      Host dialler = rig.host(1);
      Host acceptor = rig.host(2);
      Recorder accepted = new Recorder();
      rig.listen(acceptor.environment(), accepted);
      long start = rig.world.now();
      ChannelFuture dial = rig.dial(dialler.environment(), acceptor, new Recorder());
      assertHappensAt(rig.world, start + 10 * MILLI, () -> accepted.channel != null);
      assertHappensAt(rig.world, start + 20 * MILLI, dial::isSuccess);
    }
  }

  @Test
  void theTwoEndsNameEachOther() {
    try (Rig rig = new Rig()) {
      Rig.Pair pair = rig.pair(rig.host(1), rig.host(2));
      Channel dialler = pair.dialler.channel;
      Channel acceptor = pair.acceptor.channel;
      assertEquals(new InetSocketAddress(Rig.ip(2), PORT), dialler.remoteAddress());
      assertEquals(new InetSocketAddress(Rig.ip(1), 49_152), dialler.localAddress());
      assertEquals(dialler.localAddress(), acceptor.remoteAddress());
      assertEquals(dialler.remoteAddress(), acceptor.localAddress());
    }
  }

  @Test
  void ephemeralPortsAreGivenInOrder() {
    try (Rig rig = new Rig()) {
      Environment dialler = rig.host(1).environment();
      Host acceptor = rig.host(2);
      rig.listen(acceptor.environment(), new Recorder());
      ChannelFuture first = rig.dial(dialler, acceptor, new Recorder());
      ChannelFuture second = rig.dial(dialler, acceptor, new Recorder());
      rig.runMillis(100);
      assertEquals(new InetSocketAddress(Rig.ip(1), 49_152), first.channel().localAddress());
      assertEquals(new InetSocketAddress(Rig.ip(1), 49_153), second.channel().localAddress());
    }
  }

  @Test
  void dialToAHostThatIsDownIsRepeatedAsTcpRepeatsIt() {
    try (Rig rig = new Rig()) {
      Host acceptor = rig.host(2);
      acceptor.crash();
      long start = rig.world.now();
      ChannelFuture dial = rig.dial(rig.host(1).environment(), acceptor, new Recorder());
      rig.runMillis(500);
      acceptor.restart();
      rig.listen(acceptor.environment(), new Recorder());
      // Nobody answered after 10 ms, so again 1 s later, which takes a round trip.
      assertHappensAt(rig.world, start + 1_030 * MILLI, dial::isSuccess);
    }
  }

  @Test
  void whomADialMeantIsPartOfTheDigest() {
    assertEquals(digestOfADialTo(2), digestOfADialTo(2));
    assertNotEquals(digestOfADialTo(2), digestOfADialTo(3));
  }

  /** Where there is nobody, so that nothing else comes of it. */
  private static String digestOfADialTo(int number) {
    try (Rig rig = new Rig()) {
      InetSocketAddress nobody = new InetSocketAddress(Rig.ip(number), PORT);
      rig.dial(rig.host(1).environment(), nobody, new Recorder(), 100);
      rig.runMillis(200);
      return rig.world.digest();
    }
  }

  @Test
  void dialWhereNobodyListensIsRefusedAfterARoundTrip() {
    try (Rig rig = new Rig()) {
      Host acceptor = rig.host(2);
      long start = rig.world.now();
      ChannelFuture dial = rig.dial(rig.host(1).environment(), acceptor, new Recorder());
      assertHappensAt(rig.world, start + 20 * MILLI, dial::isDone);
      assertEquals(ConnectException.class, dial.cause().getClass());
      assertTrue(dial.cause().getMessage().startsWith("Connection refused"));
      assertFalse(dial.channel().isOpen());
    }
  }

  @Test
  void dialToAnAddressThatNobodyHasTimesOutExactlyAtTheLimit() {
    try (Rig rig = new Rig()) {
      InetSocketAddress nowhere = new InetSocketAddress(Rig.ip(99), PORT);
      long start = rig.world.now();
      ChannelFuture dial = rig.dial(rig.host(1).environment(), nowhere, new Recorder(), 3_000);
      assertHappensAt(rig.world, start + 3_000 * MILLI, dial::isDone);
      assertInstanceOf(ConnectTimeoutException.class, dial.cause());
      assertFalse(dial.channel().isOpen());
    }
  }

  @Test
  void dialToAHostThatIsDownTimesOutExactlyAtTheLimit() {
    try (Rig rig = new Rig()) {
      Host acceptor = rig.host(2);
      rig.listen(acceptor.environment(), new Recorder());
      acceptor.crash();
      InetSocketAddress down = new InetSocketAddress(acceptor.address(), PORT);
      long start = rig.world.now();
      ChannelFuture dial = rig.dial(rig.host(1).environment(), down, new Recorder(), 3_000);
      assertHappensAt(rig.world, start + 3_000 * MILLI, dial::isDone);
      assertInstanceOf(ConnectTimeoutException.class, dial.cause());
    }
  }

  @Test
  void dialThatSucceedsInTimeIsNotEndedByItsLimit() {
    try (Rig rig = new Rig()) {
      Host acceptor = rig.host(2);
      rig.listen(acceptor.environment(), new Recorder());
      InetSocketAddress address = new InetSocketAddress(acceptor.address(), PORT);
      ChannelFuture dial = rig.dial(rig.host(1).environment(), address, new Recorder(), 21);
      rig.runMillis(100);
      assertTrue(dial.channel().isActive());
    }
  }

  @Test
  void acceptorIsResetIfTheDiallerGaveUpMeanwhile() {
    try (Rig rig = new Rig()) {
      Host acceptor = rig.host(2);
      Recorder accepted = new Recorder();
      rig.listen(acceptor.environment(), accepted);
      ChannelFuture dial = rig.dial(rig.host(1).environment(), acceptor, new Recorder());
      rig.runMillis(15);
      dial.channel().close();
      rig.runMillis(14);
      assertEquals(List.of("active"), accepted.events);
      rig.runMillis(1);
      assertEquals(List.of("active", "Connection reset by peer", "inactive"), accepted.events);
      assertInstanceOf(ClosedChannelException.class, dial.cause());
    }
  }

  @Test
  void cancelledDialClosesItsChannel() {
    try (Rig rig = new Rig()) {
      Host acceptor = rig.host(2);
      Recorder accepted = new Recorder();
      rig.listen(acceptor.environment(), accepted);
      ChannelFuture dial = rig.dial(rig.host(1).environment(), acceptor, new Recorder());
      rig.runMillis(5);
      assertTrue(dial.cancel(false));
      rig.runMillis(100);
      assertFalse(dial.channel().isOpen());
      assertEquals(List.of("active", "Connection reset by peer", "inactive"), accepted.events);
    }
  }

  @Test
  void diallerMayWriteAsSoonAsItIsActive() {
    try (Rig rig = new Rig()) {
      Host acceptor = rig.host(2);
      Recorder accepted = new Recorder();
      rig.listen(acceptor.environment(), accepted);
      rig.dial(rig.host(1).environment(), acceptor, new WriteWhenActive());
      rig.runMillis(30);
      assertArrayEquals(new byte[] {7}, accepted.bytes.toByteArray());
    }
  }

  @Test
  void acceptorMayWriteAsSoonAsItIsActiveAndIsHeardAfterTheDiallerIs() {
    try (Rig rig = new Rig()) {
      Host acceptor = rig.host(2);
      Recorder dialler = new Recorder();
      rig.listen(acceptor.environment(), new WriteWhenActive());
      rig.dial(rig.host(1).environment(), acceptor, dialler);
      rig.runMillis(20);
      assertEquals(List.of("active"), dialler.events);
      assertArrayEquals(new byte[] {7}, dialler.bytes.toByteArray());
    }
  }

  @Test
  void withoutLatencyAllOfItHappensInOneInstant() {
    try (Rig rig = new Rig(1, Rig.options().withLatency(Latency.fixed(0)))) {
      Host acceptor = rig.host(2);
      Recorder accepted = new Recorder();
      rig.listen(acceptor.environment(), accepted);
      rig.dial(rig.host(1).environment(), acceptor, new WriteWhenActive());
      rig.runMillis(0);
      assertArrayEquals(new byte[] {7}, accepted.bytes.toByteArray());
      assertEquals(1, rig.world.now());
    }
  }

  @Test
  void connectionsThatAreOverAreForgotten() {
    try (Rig rig = new Rig()) {
      Host acceptor = rig.host(2);
      Rig.Pair pair = rig.pair(rig.host(1), acceptor);
      rig.dial(rig.host(3).environment(), acceptor, new Recorder());
      rig.runMillis(100);
      assertEquals(2, rig.world.network().connectionCount());
      pair.dialler.channel.writeAndFlush(buffer(new byte[100_000]));
      pair.dialler.channel.close();
      rig.runMillis(100);
      assertEquals(1, rig.world.network().connectionCount());
      acceptor.crash();
      rig.host(4).crash();
      assertEquals(1, rig.world.network().connectionCount());
    }
  }

  @Test
  void connectionsWaitWhileTheListenerDoesNotRead() {
    try (Rig rig = new Rig()) {
      Host acceptor = rig.host(2);
      Recorder accepted = new Recorder();
      Channel listener = rig.listen(acceptor.environment(), accepted);
      listener.config().setAutoRead(false);
      rig.dial(rig.host(1).environment(), acceptor, new WriteWhenActive());
      rig.runMillis(100);
      assertEquals(List.of(), accepted.events);
      listener.config().setAutoRead(true);
      rig.runMillis(0);
      assertEquals(List.of("active"), accepted.events);
      assertArrayEquals(new byte[] {7}, accepted.bytes.toByteArray());
    }
  }

  @Test
  void connectionsThatWaitAreResetWhenTheListenerCloses() {
    try (Rig rig = new Rig()) {
      Host acceptor = rig.host(2);
      Recorder dialler = new Recorder();
      Channel listener = rig.listen(acceptor.environment(), new Recorder());
      listener.config().setAutoRead(false);
      rig.dial(rig.host(1).environment(), acceptor, dialler);
      rig.runMillis(30);
      dialler.channel.writeAndFlush(buffer(new byte[] {1}));
      rig.runMillis(30);
      listener.close();
      rig.runMillis(30);
      assertEquals(List.of("active", "Connection reset by peer", "inactive"), dialler.events);
    }
  }

  @Test
  void connectionsBeyondTheBacklogGetNoAnswer() {
    try (Rig rig = new Rig()) {
      Host acceptor = rig.host(2);
      Environment dialler = rig.host(1).environment();
      ChannelFuture bound =
          acceptor
              .environment()
              .serverBootstrap()
              .option(ChannelOption.SO_BACKLOG, 1)
              .option(ChannelOption.AUTO_READ, false)
              .childHandler(new Recorder())
              .bind(new InetSocketAddress(PORT));
      rig.runMillis(1);
      assertTrue(bound.isSuccess());
      ChannelFuture first = rig.dial(dialler, acceptor, new Recorder());
      ChannelFuture second = rig.dial(dialler, acceptor, new Recorder());
      rig.runMillis(1_000);
      assertTrue(first.isSuccess());
      assertFalse(second.isDone());
    }
  }

  @Test
  void closedListenerRefusesAndItsPortIsFree() {
    try (Rig rig = new Rig()) {
      Host acceptor = rig.host(2);
      Environment process = acceptor.environment();
      rig.listen(process, new Recorder()).close();
      ChannelFuture dial = rig.dial(rig.host(1).environment(), acceptor, new Recorder());
      rig.runMillis(100);
      assertInstanceOf(ConnectException.class, dial.cause());
      assertTrue(rig.listen(process, new Recorder()).isActive());
    }
  }

  @Test
  void aPortThatIsInUseCannotBeBound() {
    try (Rig rig = new Rig()) {
      Environment process = rig.host(1).environment();
      rig.listen(process, new Recorder());
      ChannelFuture second =
          process.serverBootstrap().childHandler(new Recorder()).bind(new InetSocketAddress(PORT));
      rig.runMillis(0);
      assertInstanceOf(BindException.class, second.cause());
    }
  }

  @Test
  void theAddressOfAnotherHostCannotBeBound() {
    try (Rig rig = new Rig()) {
      rig.host(2);
      ChannelFuture bound =
          rig.host(1)
              .environment()
              .serverBootstrap()
              .childHandler(new Recorder())
              .bind(new InetSocketAddress(Rig.ip(2), PORT));
      rig.runMillis(0);
      assertInstanceOf(BindException.class, bound.cause());
    }
  }

  @Test
  void loopbackMeansTheHostItself() {
    try (Rig rig = new Rig()) {
      Environment process = rig.host(1).environment();
      rig.listen(process, new Recorder());
      ChannelFuture dial =
          rig.dial(process, new InetSocketAddress("127.0.0.1", PORT), new Recorder(), 1_000);
      rig.runMillis(100);
      assertTrue(dial.isSuccess());
    }
  }

  @Test
  void namesAreNotLookedUpByADial() {
    try (Rig rig = new Rig()) {
      InetSocketAddress name = InetSocketAddress.createUnresolved("seed.example", PORT);
      ChannelFuture dial = rig.dial(rig.host(1).environment(), name, new Recorder(), 1_000);
      rig.runMillis(0);
      assertInstanceOf(UnresolvedAddressException.class, dial.cause());
      assertFalse(dial.channel().isOpen());
    }
  }

  private static final class WriteWhenActive extends ChannelInboundHandlerAdapter {
    @Override
    public void channelActive(ChannelHandlerContext context) {
      context.writeAndFlush(buffer(new byte[] {7}));
    }
  }
}
