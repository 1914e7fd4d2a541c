package bdk.p2p.simulator.world;

import static bdk.p2p.simulator.world.Rig.MILLI;
import static bdk.p2p.simulator.world.Rig.assertHappensAt;
import static bdk.p2p.simulator.world.Rig.buffer;
import static bdk.p2p.simulator.world.Rig.randomBytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class TimingTest {
  /** One byte takes exactly 1 microsecond. */
  private static final long EIGHT_MEGABIT = 8_000_000;

  private static final long BYTE_NANOS = 1_000;

  @Test
  void aByteArrivesExactlyAfterTheLatency() {
    try (Rig rig = new Rig()) {
      Rig.Pair pair = rig.pair(rig.host(1), rig.host(2));
      pair.dialler.channel.writeAndFlush(buffer(new byte[1]));
      long sent = rig.world.now();
      assertHappensAt(rig.world, sent + 10 * MILLI, () -> pair.acceptor.bytes.size() == 1);
    }
  }

  @Test
  void latencyMayDifferByDirection() {
    Latency skewed = (from, to) -> from.index() < to.index() ? 3 * MILLI : 50 * MILLI;
    try (Rig rig = new Rig(1, Rig.options().withLatency(skewed))) {
      Rig.Pair pair = rig.pair(rig.host(1), rig.host(2));
      pair.dialler.channel.writeAndFlush(buffer(new byte[1]));
      pair.acceptor.channel.writeAndFlush(buffer(new byte[1]));
      long sent = rig.world.now();
      assertHappensAt(rig.world, sent + 3 * MILLI, () -> pair.acceptor.bytes.size() == 1);
      assertHappensAt(rig.world, sent + 50 * MILLI, () -> pair.dialler.bytes.size() == 1);
    }
  }

  @Test
  void jitterOnlyAddsAndKeepsTheOrder() {
    try (Rig rig = new Rig(1, Rig.options().withLatency(new Jittery()))) {
      Rig.Pair pair = rig.pair(rig.host(1), rig.host(2));
      byte[] sent = randomBytes(500);
      List<Long> delays = new ArrayList<>();
      for (int n = 0; n < sent.length; n++) {
        pair.dialler.channel.writeAndFlush(buffer(new byte[] {sent[n]}));
        long at = rig.world.now();
        int expected = n + 1;
        while (pair.acceptor.bytes.size() < expected && n % 10 == 0) {
          assertTrue(rig.world.step(Long.MAX_VALUE));
        }
        if (n % 10 == 0) {
          delays.add(rig.world.now() - at);
        }
      }
      rig.runMillis(1_000);
      assertArrayEquals(sent, pair.acceptor.bytes.toByteArray());
      assertTrue(delays.stream().allMatch(delay -> delay >= 10 * MILLI), "" + delays);
      assertTrue(delays.stream().distinct().count() > 10, "" + delays);
    }
  }

  @Test
  void aSegmentThatTakesLongHoldsBackTheNextOne() {
    List<Long> jitter = new ArrayList<>(List.of(0L, 0L, 20 * MILLI, 0L));
    try (Rig rig = new Rig(1, Rig.options().withLatency(new Scripted(jitter)))) {
      Rig.Pair pair = rig.pair(rig.host(1), rig.host(2));
      pair.dialler.channel.writeAndFlush(buffer(new byte[] {1}));
      pair.dialler.channel.writeAndFlush(buffer(new byte[] {2}));
      long end = rig.world.now() + 30 * MILLI;
      rig.world.runUntil(end - 1);
      assertEquals(0, pair.acceptor.bytes.size());
      rig.world.runUntil(end);
      assertArrayEquals(new byte[] {1, 2}, pair.acceptor.bytes.toByteArray());
    }
  }

  @Test
  void uploadTakesItsTimePerByte() {
    try (Rig rig = new Rig()) {
      Host slow = rig.world.host(Rig.ip(1), EIGHT_MEGABIT, 0);
      Rig.Pair pair = rig.pair(slow, rig.host(2));
      pair.dialler.channel.writeAndFlush(buffer(randomBytes(100_000)));
      long end = rig.world.now() + 100_000 * BYTE_NANOS + 10 * MILLI;
      assertHappensAt(rig.world, end, () -> pair.acceptor.bytes.size() == 100_000);
    }
  }

  @Test
  void downloadTakesItsTimePerByte() {
    try (Rig rig = new Rig()) {
      Host slow = rig.world.host(Rig.ip(2), 0, EIGHT_MEGABIT);
      Rig.Pair pair = rig.pair(rig.host(1), slow);
      pair.dialler.channel.writeAndFlush(buffer(randomBytes(100_000)));
      long end = rig.world.now() + 10 * MILLI + 100_000 * BYTE_NANOS;
      assertHappensAt(rig.world, end, () -> pair.acceptor.bytes.size() == 100_000);
    }
  }

  @Test
  void aPairLimitTakesItsTimePerByteInItsDirectionOnly() {
    PairLimit there = (from, to) -> from.index() == 0 ? EIGHT_MEGABIT : 0;
    try (Rig rig = new Rig(1, Rig.options().withPairLimit(there))) {
      Rig.Pair pair = rig.pair(rig.host(1), rig.host(2));
      pair.dialler.channel.writeAndFlush(buffer(randomBytes(100_000)));
      pair.acceptor.channel.writeAndFlush(buffer(randomBytes(100_000)));
      long start = rig.world.now();
      assertHappensAt(rig.world, start + 10 * MILLI, () -> pair.dialler.bytes.size() == 100_000);
      long end = start + 100_000 * BYTE_NANOS + 10 * MILLI;
      assertHappensAt(rig.world, end, () -> pair.acceptor.bytes.size() == 100_000);
    }
  }

  @Test
  void aSingleByteOccupiesUploadThenTravelsThenOccupiesDownload() {
    try (Rig rig = new Rig()) {
      Host sender = rig.world.host(Rig.ip(1), EIGHT_MEGABIT, 0);
      Host receiver = rig.world.host(Rig.ip(2), 0, EIGHT_MEGABIT / 2);
      Rig.Pair pair = rig.pair(sender, receiver);
      pair.dialler.channel.writeAndFlush(buffer(new byte[1]));
      long end = rig.world.now() + BYTE_NANOS + 10 * MILLI + 2 * BYTE_NANOS;
      assertHappensAt(rig.world, end, () -> pair.acceptor.bytes.size() == 1);
    }
  }

  @Test
  void connectionsShareAnUploadEvenly() {
    try (Rig rig = new Rig()) {
      Host sender = rig.world.host(Rig.ip(1), EIGHT_MEGABIT, 0);
      Rig.Pair first = rig.pair(sender, rig.host(2));
      Rig.Pair second = rig.pair(sender, rig.host(3));
      first.dialler.channel.writeAndFlush(buffer(randomBytes(200_000)));
      second.dialler.channel.writeAndFlush(buffer(randomBytes(200_000)));
      rig.runMillis(210);
      int one = first.acceptor.bytes.size();
      int other = second.acceptor.bytes.size();
      assertTrue(Math.abs(one - other) < 80_000, one + " and " + other);
      assertEquals(200_000, one + other, 16_384);
    }
  }

  @Test
  void connectionsShareADownload() {
    try (Rig rig = new Rig()) {
      Host receiver = rig.world.host(Rig.ip(1), 0, EIGHT_MEGABIT);
      Rig.Pair first = rig.pair(receiver, rig.host(2));
      Rig.Pair second = rig.pair(receiver, rig.host(3));
      first.acceptor.channel.writeAndFlush(buffer(randomBytes(100_000)));
      second.acceptor.channel.writeAndFlush(buffer(randomBytes(100_000)));
      long end = rig.world.now() + 10 * MILLI + 200_000 * BYTE_NANOS;
      assertHappensAt(
          rig.world,
          end,
          () -> first.dialler.bytes.size() + second.dialler.bytes.size() == 200_000);
    }
  }

  private record Scripted(List<Long> jitter) implements Latency {
    @Override
    public long minimumNanos(Host from, Host to) {
      return 10 * MILLI;
    }

    @Override
    public long jitterNanos(Host from, Host to, RandomGenerator random) {
      return jitter.isEmpty() ? 0 : jitter.remove(0);
    }
  }

  private static final class Jittery implements Latency {
    @Override
    public long minimumNanos(Host from, Host to) {
      return 10 * MILLI;
    }

    @Override
    public long jitterNanos(Host from, Host to, RandomGenerator random) {
      return random.nextLong(20 * MILLI);
    }
  }
}
