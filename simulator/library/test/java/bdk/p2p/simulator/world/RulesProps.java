package bdk.p2p.simulator.world;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.simulator.fault.Fate;
import bdk.p2p.simulator.fault.Passage;
import bdk.p2p.simulator.fault.Rule;
import bdk.p2p.simulator.fault.RuleBook;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class RulesProps {
  private static final int WINDOW = 20_000;

  /** Delays, loses and holds at random; cuts, refuses and shortens too, if it is to. */
  private record Whim(RandomGenerator random, double rate, boolean harms) implements Rule {
    @Override
    public Fate judge(Passage passage) {
      if (random.nextDouble() >= rate) {
        return Fate.PASS;
      }
      return switch (random.nextInt(harms ? 8 : 4)) {
        case 0 -> Fate.delay(random.nextLong(300 * Rig.MILLI));
        case 1 -> Fate.LOSE;
        case 2 -> Fate.HOLD;
        case 3 -> Fate.hold(random.nextInt(2_000));
        case 4 -> Fate.CUT;
        case 5 -> Fate.REFUSE;
        case 6 -> Fate.truncate(random.nextInt(100));
        default -> Fate.alter(bytes -> bytes.put(bytes.position(), (byte) 1));
      };
    }
  }

  private static Rig rig(long seed) {
    return new Rig(seed, Rig.options().withWindowBytes(WINDOW).withSegmentBytes(3_000));
  }

  /** Everything arrives once and in order, and nothing is left behind. */
  @Property(tries = 300)
  void streamsStayWholeWhateverIsDelayedLostAndHeld(
      @ForAll long seed,
      @ForAll @DoubleRange(min = 0.01, max = 0.4) double rate,
      @ForAll @IntRange(max = 120_000) int byteCount) {
    try (Rig rig = rig(seed)) {
      RandomGenerator random = rig.world.random("property");
      List<Connection> connections = new ArrayList<>();
      watch(rig.world, connections);
      Rig.Pair pair = rig.pair(rig.host(1), rig.host(2));
      ByteArrayOutputStream there = new ByteArrayOutputStream();
      ByteArrayOutputStream back = new ByteArrayOutputStream();
      RuleBook book = rig.world.rules();
      for (int round = 0; round < 5; round++) {
        Rule whim = new Whim(random, rate, false);
        Rule other = new Whim(random, rate, false);
        book.add(whim);
        book.add(other);
        send(pair.dialler, there, random.nextInt(byteCount + 1));
        rig.runMillis(random.nextInt(1_000));
        send(pair.acceptor, back, random.nextInt(byteCount + 1));
        rig.runMillis(random.nextInt(5_000));
        book.remove(whim);
        book.remove(other);
        rig.runMillis(random.nextInt(200));
      }
      rig.runMillis(900_000);
      assertArrayEquals(there.toByteArray(), pair.acceptor.bytes.toByteArray());
      assertArrayEquals(back.toByteArray(), pair.dialler.bytes.toByteArray());
      for (ConnectionEnd end : ConnectionEnd.values()) {
        assertEquals(WINDOW, connections.get(0).outbound(end).room());
        assertTrue(connections.get(0).outbound(end).isIdle());
      }
      assertTrue(pair.dialler.channel.isOpen() && pair.acceptor.channel.isOpen());
      pair.dialler.channel.close();
      rig.runMillis(1_000);
      assertFalse(pair.acceptor.channel.isOpen());
      assertEquals(0, rig.world.network().connectionCount());
      assertFalse(rig.world.step(Long.MAX_VALUE), "something is left on the agenda");
    }
  }

  private static void send(Recorder from, ByteArrayOutputStream sent, int count) {
    byte[] bytes = Rig.randomBytes(count);
    sent.writeBytes(bytes);
    from.channel.writeAndFlush(Rig.buffer(bytes));
  }

  private static void watch(World world, List<Connection> opened) {
    world.observe(
        new NetworkObserver() {
          @Override
          public void connectionOpened(Connection connection, ConnectionEnd end, long nanos) {
            opened.add(connection);
          }

          @Override
          public void connectionClosed(Connection connection, ConnectionEnd end, long nanos) {}

          @Override
          public void bytesDelivered(
              Connection connection, ConnectionEnd receiver, int byteCount, long nanos) {}
        });
  }

  /** Whatever is cut, closed, killed or loses power meanwhile: in the end nothing is left. */
  @Property(tries = 300)
  void nothingIsLeftBehindWhateverHappens(
      @ForAll long seed, @ForAll @DoubleRange(min = 0.01, max = 0.9) double rate) {
    try (Rig rig = rig(seed)) {
      RandomGenerator random = rig.world.random("property");
      List<Host> hosts = List.of(rig.host(1), rig.host(2), rig.host(3));
      List<Recorder> recorders = new ArrayList<>();
      hosts.forEach(host -> live(rig, host, recorders));
      Rule whim = new Whim(random, rate, true);
      rig.world.rules().add(whim);
      for (int round = 0; round < 30; round++) {
        Host host = hosts.get(random.nextInt(3));
        switch (random.nextInt(10)) {
          case 0 -> host.kill();
          case 1 -> host.crash();
          case 2 -> rig.world.rules().cut((one, other) -> random.nextBoolean());
          case 3, 4 -> some(recorders, random).ifPresent(one -> one.channel.close());
          case 5, 6 -> {
            host.restart();
            live(rig, host, recorders);
            rig.dial(host.environment(), hosts.get(random.nextInt(3)), keep(recorders));
          }
          default ->
              some(recorders, random)
                  .ifPresent(
                      one ->
                          one.channel.writeAndFlush(
                              Rig.buffer(Rig.randomBytes(random.nextInt(50_000)))));
        }
        rig.runMillis(random.nextInt(2_000));
      }
      rig.world.rules().remove(whim);
      rig.runMillis(1_000);
      hosts.forEach(Host::restart);
      hosts.forEach(Host::kill);
      rig.runMillis(2_000_000);
      assertEquals(0, rig.world.network().connectionCount());
      assertFalse(rig.world.step(Long.MAX_VALUE), "something is left on the agenda");
    }
  }

  private static void live(Rig rig, Host host, List<Recorder> recorders) {
    if (host.listener(Rig.PORT) == null) {
      Recorder acceptor = keep(recorders);
      rig.listen(host.environment(), acceptor);
    }
  }

  private static Recorder keep(List<Recorder> recorders) {
    Recorder recorder = new Recorder();
    recorders.add(recorder);
    return recorder;
  }

  private static Optional<Recorder> some(List<Recorder> recorders, RandomGenerator random) {
    List<Recorder> open =
        recorders.stream().filter(one -> one.channel != null && one.channel.isOpen()).toList();
    return open.isEmpty() ? Optional.empty() : Optional.of(open.get(random.nextInt(open.size())));
  }
}
