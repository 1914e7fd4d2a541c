package bdk.p2p.simulator.world;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class StreamProps {
  /**
   * Whatever the window, the segments, the links and the reader's pace: the same bytes, in order.
   */
  @Property(tries = 200)
  void theReceiverGetsTheBytesThatWereSent(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 100_000) int windowBytes,
      @ForAll @IntRange(min = 1, max = 50_000) int segmentBytes,
      @ForAll @LongRange(min = 0, max = 3_000_000) long jitterNanos,
      @ForAll @Size(max = 30) List<@IntRange(max = 20_000) Integer> messages) {
    WorldOptions options =
        WorldOptions.defaults()
            .withLatency(new UpTo(jitterNanos))
            .withWindowBytes(Math.max(windowBytes, 200))
            .withSegmentBytes(Math.max(segmentBytes, 20));
    try (Rig rig = new Rig(seed, options)) {
      RandomGenerator random = rig.world.random("property");
      Host dialler = rig.world.host(Rig.ip(1), random.nextInt(2) * 80_000_000L, 0);
      Host acceptor = rig.world.host(Rig.ip(2), 0, random.nextInt(2) * 80_000_000L);
      Rig.Pair pair = rig.pair(dialler, acceptor);
      ByteArrayOutputStream sent = new ByteArrayOutputStream();
      for (int size : messages) {
        byte[] message = Rig.randomBytes(size);
        sent.writeBytes(message);
        pair.dialler.channel.write(Rig.buffer(message));
        if (random.nextBoolean()) {
          pair.dialler.channel.flush();
          rig.world.runUntil(rig.world.now() + random.nextLong(5_000_000));
        }
        if (random.nextInt(4) == 0) {
          pair.acceptor.channel.config().setAutoRead(random.nextBoolean());
        }
      }
      pair.acceptor.channel.config().setAutoRead(true);
      pair.dialler.channel.flush();
      rig.runMillis(600_000);
      pair.dialler.channel.close();
      rig.runMillis(1_000);
      assertArrayEquals(sent.toByteArray(), pair.acceptor.bytes.toByteArray());
      assertEquals(List.of("active", "inactive"), pair.acceptor.events);
    }
  }

  @Property(tries = 200)
  void noByteIsEarlierThanTheLatencyAllows(
      @ForAll long seed, @ForAll @LongRange(min = 0, max = 30_000_000) long jitterNanos) {
    WorldOptions options = WorldOptions.defaults().withLatency(new UpTo(jitterNanos));
    try (Rig rig = new Rig(seed, options)) {
      Rig.Pair pair = rig.pair(rig.host(1), rig.host(2));
      pair.dialler.channel.writeAndFlush(Rig.buffer(Rig.randomBytes(50_000)));
      long sent = rig.world.now();
      rig.world.runUntil(sent + UpTo.MINIMUM - 1);
      assertEquals(0, pair.acceptor.bytes.size());
      rig.world.runUntil(sent + UpTo.MINIMUM + jitterNanos);
      assertEquals(50_000, pair.acceptor.bytes.size());
    }
  }

  @Property
  void aSerialLinkPassesOneAfterTheOther(
      @ForAll @LongRange(min = 1, max = 10_000_000_000L) long bitsPerSecond,
      @ForAll @Size(max = 50) List<@IntRange(max = 1_000_000) Integer> sizes) {
    SerialLink link = new SerialLink(bitsPerSecond);
    long now = 1;
    long before = now;
    for (int size : sizes) {
      long end = link.reserve(now, size);
      double seconds = size * 8.0 / bitsPerSecond;
      if (size > 0) {
        assertTrue(end >= before + (long) (seconds * 1e9 * 0.999_999), size + " at " + end);
        assertTrue(end <= before + (long) (seconds * 1e9 * 1.000_001) + 1, size + " at " + end);
        before = end;
      } else {
        assertEquals(now, end);
      }
    }
  }

  /** 5 ms and a random part. */
  private record UpTo(long jitterNanos) implements Latency {
    private static final long MINIMUM = 5_000_000;

    @Override
    public long minimumNanos(Host from, Host to) {
      return MINIMUM;
    }

    @Override
    public long jitterNanos(Host from, Host to, RandomGenerator random) {
      return random.nextLong(jitterNanos + 1);
    }
  }
}
