package bdk.p2p.simulator.world;

import static bdk.p2p.simulator.world.Rig.buffer;
import static bdk.p2p.simulator.world.Rig.randomBytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ByteStreamTest {
  @Test
  void oneByteGoesAcross() {
    try (Rig rig = new Rig()) {
      Rig.Pair pair = rig.pair(rig.host(1), rig.host(2));
      pair.dialler.channel.writeAndFlush(buffer(new byte[] {42}));
      rig.runMillis(10);
      assertArrayEquals(new byte[] {42}, pair.acceptor.bytes.toByteArray());
    }
  }

  @Test
  void bothDirectionsCarryTheirOwnBytes() {
    try (Rig rig = new Rig()) {
      Rig.Pair pair = rig.pair(rig.host(1), rig.host(2));
      byte[] there = randomBytes(700_001);
      byte[] back = randomBytes(300_007);
      pair.dialler.channel.writeAndFlush(buffer(there));
      pair.acceptor.channel.writeAndFlush(buffer(back));
      rig.runMillis(1_000);
      assertArrayEquals(there, pair.acceptor.bytes.toByteArray());
      assertArrayEquals(back, pair.dialler.bytes.toByteArray());
    }
  }

  @Test
  void aMessageArrivesInSeveralPieces() {
    try (Rig rig = new Rig()) {
      Rig.Pair pair = rig.pair(rig.host(1), rig.host(2));
      pair.dialler.channel.writeAndFlush(buffer(randomBytes(200_000)));
      rig.runMillis(1_000);
      assertTrue(pair.acceptor.chunkCount > 200_000 / (16 * 1024), "" + pair.acceptor.chunkCount);
    }
  }

  @Test
  void aSmallMessageMayArriveInTwoPieces() {
    try (Rig rig = new Rig()) {
      Rig.Pair pair = rig.pair(rig.host(1), rig.host(2));
      for (int n = 0; n < 100; n++) {
        pair.dialler.channel.writeAndFlush(buffer(randomBytes(20)));
        rig.runMillis(1);
      }
      rig.runMillis(1_000);
      assertEquals(2_000, pair.acceptor.bytes.size());
      assertTrue(pair.acceptor.chunkCount > 100, "" + pair.acceptor.chunkCount);
    }
  }

  @Test
  void theEndOfTheStreamComesAfterAllBytes() {
    try (Rig rig = new Rig()) {
      Rig.Pair pair = rig.pair(rig.host(1), rig.host(2));
      byte[] sent = randomBytes(200_000);
      pair.dialler.channel.writeAndFlush(buffer(sent));
      pair.dialler.channel.close();
      rig.runMillis(1_000);
      assertArrayEquals(sent, pair.acceptor.bytes.toByteArray());
      assertEquals(List.of("active", "inactive"), pair.acceptor.events);
    }
  }

  @Test
  void theWriterMayReuseItsBytesOnceTheWriteIsDone() {
    try (Rig rig = new Rig()) {
      Rig.Pair pair = rig.pair(rig.host(1), rig.host(2));
      byte[] mine = {1, 2, 3};
      pair.dialler.channel.writeAndFlush(buffer(mine)).addListener(done -> mine[0] = 99);
      rig.runMillis(100);
      assertArrayEquals(new byte[] {1, 2, 3}, pair.acceptor.bytes.toByteArray());
      assertEquals(99, mine[0]);
    }
  }
}
