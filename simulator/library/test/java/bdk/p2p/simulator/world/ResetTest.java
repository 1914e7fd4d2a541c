package bdk.p2p.simulator.world;

import static bdk.p2p.simulator.world.Rig.buffer;
import static bdk.p2p.simulator.world.Rig.randomBytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResetTest {
  private static final List<String> RESET =
      List.of("active", "Connection reset by peer", "inactive");

  @Test
  void closingWithUnreadBytesResetsThePeer() {
    try (Rig rig = new Rig()) {
      Rig.Pair pair = rig.pair(rig.host(1), rig.host(2));
      pair.acceptor.channel.config().setAutoRead(false);
      pair.dialler.channel.writeAndFlush(buffer(randomBytes(10)));
      rig.runMillis(100);
      pair.acceptor.channel.close();
      rig.runMillis(9);
      assertEquals(List.of("active"), pair.dialler.events);
      rig.runMillis(1);
      assertEquals(RESET, pair.dialler.events);
    }
  }

  @Test
  void closingWithNothingUnreadEndsTheStream() {
    try (Rig rig = new Rig()) {
      Rig.Pair pair = rig.pair(rig.host(1), rig.host(2));
      pair.acceptor.channel.close();
      rig.runMillis(100);
      assertEquals(List.of("active", "inactive"), pair.dialler.events);
    }
  }

  @Test
  void bytesThatReachAClosedChannelAreAnsweredWithAReset() {
    try (Rig rig = new Rig()) {
      Rig.Pair pair = rig.pair(rig.host(1), rig.host(2));
      pair.dialler.channel.config().setAutoRead(false); // does not notice the peer's close
      pair.acceptor.channel.close();
      rig.runMillis(100);
      pair.dialler.channel.writeAndFlush(buffer(randomBytes(10)));
      rig.runMillis(19);
      assertEquals(List.of("active"), pair.dialler.events);
      rig.runMillis(1);
      assertEquals(RESET, pair.dialler.events);
    }
  }

  @Test
  void whatWasWaitingToBeWrittenFailsWithTheReset() {
    try (Rig rig = new Rig()) {
      Rig.Pair pair = rig.pair(rig.host(1), rig.host(2));
      pair.acceptor.channel.config().setAutoRead(false);
      ChannelFuture write = pair.dialler.channel.writeAndFlush(buffer(randomBytes(1_000_000)));
      rig.runMillis(100);
      pair.acceptor.channel.close();
      rig.runMillis(100);
      assertInstanceOf(ClosedChannelException.class, write.cause());
      assertFalse(pair.dialler.channel.isOpen());
    }
  }

  @Test
  void bytesOfAClosedChannelStillArriveIfTheirReceiverStaysSilent() {
    try (Rig rig = new Rig()) {
      Host slow = rig.world.host(Rig.ip(1), 8_000_000, 0);
      Rig.Pair pair = rig.pair(slow, rig.host(2));
      pair.dialler.channel.writeAndFlush(buffer(randomBytes(200_000)));
      pair.dialler.channel.close();
      rig.runMillis(1_000);
      assertEquals(200_000, pair.acceptor.bytes.size());
      assertEquals(List.of("active", "inactive"), pair.acceptor.events);
    }
  }

  @Test
  void lingerZeroResetsInsteadOfEndingTheStream() {
    try (Rig rig = new Rig()) {
      Rig.Pair pair = rig.pair(rig.host(1), rig.host(2));
      pair.acceptor.channel.config().setOption(ChannelOption.SO_LINGER, 0);
      pair.acceptor.channel.close();
      rig.runMillis(100);
      assertEquals(RESET, pair.dialler.events);
    }
  }
}
