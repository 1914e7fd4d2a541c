package bdk.p2p.simulator.world;

import static bdk.p2p.simulator.world.Rig.buffer;
import static bdk.p2p.simulator.world.Rig.randomBytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.environment.Environment;
import bdk.p2p.simulator.fault.Fate;
import bdk.p2p.simulator.fault.Passage;
import bdk.p2p.simulator.fault.Rule;
import io.netty.channel.ChannelFuture;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class KillTest {
  private static final List<String> RESET =
      List.of("active", "Connection reset by peer", "inactive");

  @Test
  void peersOfAKilledProcessAreResetOneLatencyLater() {
    try (Rig rig = new Rig()) {
      Host host = rig.host(1);
      Rig.Pair dialled = rig.pair(host, rig.host(2));
      Recorder other = new Recorder();
      rig.listen(host.environment(), new Recorder());
      rig.dial(rig.host(3).environment(), host, other);
      rig.runMillis(100);
      host.kill();
      assertTrue(host.isUp());
      rig.runMillis(9);
      assertEquals(List.of("active"), dialled.acceptor.events);
      assertEquals(List.of("active"), other.events);
      rig.runMillis(1);
      assertEquals(RESET, dialled.acceptor.events);
      assertEquals(RESET, other.events);
      assertEquals(List.of("active"), dialled.dialler.events); // the dead hear nothing
      assertEquals(0, rig.world.network().connectionCount());
    }
  }

  @Test
  void whoDialsAKilledProcessIsRefusedUntilAnotherListens() {
    try (Rig rig = new Rig()) {
      Host host = rig.host(1);
      Environment dialler = rig.host(2).environment();
      rig.listen(host.environment(), new Recorder());
      host.kill();
      ChannelFuture refused = rig.dial(dialler, host, new Recorder());
      rig.runMillis(20);
      assertTrue(refused.cause().getMessage().startsWith("Connection refused"));
      rig.listen(host.environment(), new Recorder());
      ChannelFuture accepted = rig.dial(dialler, host, new Recorder());
      rig.runMillis(20);
      assertTrue(accepted.isSuccess());
    }
  }

  @Test
  void whatWasClosedInOrderBeforeIsStillSentToTheEnd() {
    try (Rig rig = new Rig()) {
      Host slow = rig.world.host(Rig.ip(1), 8_000_000, 0);
      Rig.Pair pair = rig.pair(slow, rig.host(2));
      byte[] sent = randomBytes(200_000);
      pair.dialler.channel.writeAndFlush(buffer(sent));
      pair.dialler.channel.close();
      rig.runMillis(50);
      slow.kill();
      rig.runMillis(1_000);
      assertArrayEquals(sent, pair.acceptor.bytes.toByteArray());
      assertEquals(List.of("active", "inactive"), pair.acceptor.events);
    }
  }

  @Test
  void anAnswerToADiallerThatWasKilledIsReset() {
    try (Rig rig = new Rig()) {
      Host host = rig.host(1);
      Host other = rig.host(2);
      Recorder acceptor = new Recorder();
      rig.listen(other.environment(), acceptor);
      rig.dial(host.environment(), other, new Recorder());
      rig.runMillis(15);
      assertEquals(List.of("active"), acceptor.events);
      host.kill();
      rig.runMillis(14);
      assertEquals(List.of("active"), acceptor.events);
      rig.runMillis(1);
      assertEquals(RESET, acceptor.events);
      assertEquals(0, rig.world.network().connectionCount());
    }
  }

  @Test
  void killingAHostThatIsDownDoesNothing() {
    try (Rig rig = new Rig()) {
      Host host = rig.host(1);
      Rig.Pair pair = rig.pair(host, rig.host(2));
      host.crash();
      host.kill();
      rig.runMillis(60_000);
      assertEquals(List.of("active"), pair.acceptor.events);
    }
  }

  @Test
  void aLostResetOfARestartedHostIsSentAgainForTheNextRepetition() {
    try (Rig rig = new Rig()) {
      Host host = rig.host(1);
      Rig.Pair pair = rig.pair(rig.host(2), host);
      host.crash();
      pair.dialler.channel.writeAndFlush(buffer(randomBytes(10)));
      rig.runMillis(300);
      host.restart();
      Rule noReset = passage -> passage.kind() == Passage.Kind.RESET ? Fate.LOSE : Fate.PASS;
      rig.world.rules().add(noReset);
      rig.runMillis(2_000);
      assertEquals(List.of("active"), pair.dialler.events);
      rig.world.rules().remove(noReset);
      rig.runMillis(60_000);
      assertEquals(RESET, pair.dialler.events);
    }
  }

  /** One end has closed and cannot say so, the other was killed and could not either. */
  @Test
  void aConnectionOfWhichNobodyKnowsIsForgottenOnceTheLastSenderGivesUp() {
    try (Rig rig = new Rig()) {
      Host host = rig.host(1);
      Rig.Pair pair = rig.pair(rig.host(2), host);
      Rule nothing = passage -> Fate.LOSE;
      rig.world.rules().add(nothing);
      pair.dialler.channel.close();
      host.kill();
      rig.runMillis(924_599);
      assertFalse(pair.dialler.channel.isOpen());
      assertEquals(1, rig.world.network().connectionCount());
      rig.runMillis(1);
      assertEquals(0, rig.world.network().connectionCount());
    }
  }

  /** The acceptor took it, was killed, and neither that nor the reset reached the dialler. */
  @Test
  void aConnectionIsForgottenWhenItsDiallerGivesUpThatHasNeverHeardOfIt() {
    try (Rig rig = new Rig()) {
      Host host = rig.host(1);
      rig.listen(host.environment(), new Recorder());
      rig.world.rules().add(passage -> passage.from() == host.index() ? Fate.LOSE : Fate.PASS);
      ChannelFuture dial = rig.dial(rig.host(2).environment(), host, new Recorder());
      rig.runMillis(100);
      assertEquals(1, rig.world.network().connectionCount());
      host.kill();
      rig.runMillis(29_000);
      assertEquals(1, rig.world.network().connectionCount());
      rig.runMillis(1_000);
      assertTrue(dial.cause().getMessage().startsWith("connection timed out"));
      assertEquals(0, rig.world.network().connectionCount());
    }
  }

  @Test
  void eachHostHasAClockOfItsOwnThatCanBeWrong() {
    try (Rig rig = new Rig()) {
      Host host = rig.host(1);
      Clock wrong = host.environment().clock();
      Clock right = rig.host(2).environment().clock();
      host.skewClock(Duration.ofSeconds(-3));
      assertEquals(right.instant().minusSeconds(3), wrong.instant());
      assertEquals(rig.world.clock().instant(), right.instant());
      host.kill();
      assertEquals(right.instant().minusSeconds(3), host.environment().clock().instant());
      host.skewClock(Duration.ZERO);
      assertEquals(right.instant(), wrong.instant());
    }
  }
}
