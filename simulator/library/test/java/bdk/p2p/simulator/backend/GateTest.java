package bdk.p2p.simulator.backend;

import static bdk.p2p.simulator.backend.LoopbackRig.MILLI;
import static bdk.p2p.simulator.backend.LoopbackRig.randomBytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.environment.Environment;
import bdk.p2p.simulator.backend.LoopbackRig.Everywhere;
import bdk.p2p.simulator.backend.LoopbackRig.Pair;
import bdk.p2p.simulator.fault.Fate;
import bdk.p2p.simulator.fault.Passage;
import bdk.p2p.simulator.fault.Rule;
import bdk.p2p.simulator.fault.RuleBook;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ConnectTimeoutException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a gate makes of the kernel's connections. */
@Timeout(60)
class GateTest {
  private static final Duration WHILE = Duration.ofMillis(300);

  @Test
  void everythingTakesTheLatencyOfItsWay() {
    try (LoopbackRig rig = new LoopbackRig(40)) {
      Machine one = rig.machine();
      Machine other = rig.machine();
      Environment from = rig.process(one);
      rig.listen(rig.process(other));
      long start = System.nanoTime();
      Wire dialler = rig.dial(from, other);
      assertTrue(System.nanoTime() - start >= 80 * MILLI);
      Wire acceptor = rig.nextAccepted();

      long sent = System.nanoTime();
      rig.send(dialler, randomBytes(100));
      Await.until("the bytes", () -> acceptor.byteCount() == 100);
      assertTrue(acceptor.firstNanos() - sent >= 40 * MILLI);

      long answered = System.nanoTime();
      rig.send(acceptor, randomBytes(100));
      Await.until("the answer", () -> dialler.byteCount() == 100);
      assertTrue(dialler.firstNanos() - answered >= 40 * MILLI);
    }
  }

  @Test
  void bytesKeepTheirOrderThoughEachTakesAnotherTime() {
    try (LoopbackRig rig = new LoopbackRig(new Everywhere(3, 3, 0))) {
      Pair pair = rig.pair();
      byte[] bytes = randomBytes(1_000_000);
      for (int from = 0; from < bytes.length; from += 999) {
        rig.send(
            pair.dialler(), Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + 999)));
      }
      Await.until("the bytes", () -> pair.acceptor().byteCount() == bytes.length);
      assertArrayEquals(bytes, pair.acceptor().bytes());
      assertTrue(pair.acceptor().pauses() > 0);
    }
  }

  @Test
  void bytesTakeTheirTurnOnNarrowWays() {
    byte[] bytes = randomBytes(100_000);
    long least = 100 * MILLI;
    try (LoopbackRig rig = new LoopbackRig(new Everywhere(0, 0, 8_000_000))) {
      assertTrue(nanosFor(rig, rig.machine(), rig.machine(), bytes) >= least);
    }
    try (LoopbackRig rig = new LoopbackRig(0)) {
      assertTrue(nanosFor(rig, rig.machine(0, 8_000_000), rig.machine(), bytes) >= least);
    }
    try (LoopbackRig rig = new LoopbackRig(0)) {
      assertTrue(nanosFor(rig, rig.machine(), rig.machine(8_000_000, 0), bytes) >= least);
    }
  }

  private static long nanosFor(LoopbackRig rig, Machine one, Machine other, byte[] bytes) {
    Environment from = rig.process(one);
    rig.listen(rig.process(other));
    Wire dialler = rig.dial(from, other);
    Wire acceptor = rig.nextAccepted();
    long start = System.nanoTime();
    rig.send(dialler, bytes);
    Await.until("the bytes", () -> acceptor.byteCount() == bytes.length);
    return acceptor.lastNanos() - start;
  }

  @Test
  void endOfTheStreamComesBehindTheBytes() {
    try (LoopbackRig rig = new LoopbackRig(30)) {
      Pair pair = rig.pair();
      byte[] bytes = randomBytes(200_000);
      rig.send(pair.dialler(), bytes);
      long start = System.nanoTime();
      pair.dialler().channel().close();
      Await.until("the end", pair.acceptor()::isGone);
      assertTrue(System.nanoTime() - start >= 30 * MILLI);
      assertEquals(List.of("active", "bytes", "inactive"), pair.acceptor().events());
      assertArrayEquals(bytes, pair.acceptor().bytes());
    }
  }

  /** The kernel answers what comes for a closed socket with a reset, long before it could. */
  @Test
  void bytesOfSomebodyWhoHasClosedArriveThoughTheReceiverGoesOnWriting() {
    try (LoopbackRig rig = new LoopbackRig(100)) {
      Pair pair = rig.pair();
      byte[] bytes = randomBytes(50_000);
      rig.send(pair.dialler(), bytes);
      pair.dialler().channel().close();
      Await.until(
          "the bytes",
          () -> {
            rig.send(pair.acceptor(), new byte[10]);
            return pair.acceptor().byteCount() == bytes.length;
          });
      Await.until("the end", pair.acceptor()::isGone);
      assertArrayEquals(bytes, pair.acceptor().bytes());
    }
  }

  @Test
  void whatIsLostArrivesWhenTheWayIsOpenAgain() {
    try (LoopbackRig rig = new LoopbackRig(1)) {
      Pair pair = rig.pair();
      Rule there = rig.rule(pair.from(), pair.to(), Fate.LOSE);
      Rule back = rig.rule(pair.to(), pair.from(), Fate.LOSE);
      byte[] bytes = randomBytes(1_000_000);
      rig.send(pair.dialler(), bytes);
      rig.send(pair.acceptor(), bytes);
      assertTrue(Await.holdsFor(WHILE, () -> pair.acceptor().byteCount() == 0));
      assertEquals(0, pair.dialler().byteCount());
      rig.backend.rules().remove(there);
      rig.backend.rules().remove(back);
      Await.until("the bytes", () -> pair.acceptor().byteCount() == bytes.length);
      Await.until("the bytes", () -> pair.dialler().byteCount() == bytes.length);
      assertArrayEquals(bytes, pair.acceptor().bytes());
      assertArrayEquals(bytes, pair.dialler().bytes());
    }
  }

  @Test
  void lossesAreCountedAndRepeatedAtGrowingIntervals() {
    try (LoopbackRig rig = new LoopbackRig(0)) {
      Pair pair = rig.pair();
      List<Passage> asked = new java.util.concurrent.CopyOnWriteArrayList<>();
      rig.backend
          .rules()
          .add(
              passage -> {
                asked.add(passage);
                return passage.lostTimes() < 2 ? Fate.LOSE : Fate.PASS;
              });
      rig.send(pair.dialler(), new byte[10]);
      Await.until("the bytes", () -> pair.acceptor().byteCount() == 10);
      assertEquals(List.of(0, 1, 2), asked.stream().map(Passage::lostTimes).toList());
      assertTrue(asked.get(1).stalledNanos() >= 200 * MILLI);
      assertTrue(asked.get(2).stalledNanos() >= 600 * MILLI);
      assertEquals(10, asked.get(2).byteCount());
      assertEquals(asked.get(0).connection(), asked.get(2).connection());
    }
  }

  @Test
  void oneWayIsOneWay() {
    try (LoopbackRig rig = new LoopbackRig(1)) {
      Pair pair = rig.pair();
      rig.rule(pair.from(), pair.to(), Fate.LOSE);
      rig.send(pair.dialler(), randomBytes(1_000));
      rig.send(pair.acceptor(), randomBytes(1_000));
      Await.until("the bytes", () -> pair.dialler().byteCount() == 1_000);
      assertTrue(Await.holdsFor(WHILE, () -> pair.acceptor().byteCount() == 0));
    }
  }

  @Test
  void heldBytesGoOnWhenTheRuleIsGone() {
    try (LoopbackRig rig = new LoopbackRig(0)) {
      Pair pair = rig.pair();
      AtomicInteger asked = new AtomicInteger();
      Rule rule = passage -> asked.getAndIncrement() == 0 ? Fate.hold(3) : Fate.HOLD;
      rig.backend.rules().add(rule);
      byte[] bytes = randomBytes(10);
      rig.send(pair.dialler(), bytes);
      Await.until("the beginning", () -> pair.acceptor().byteCount() == 3);
      assertTrue(Await.holdsFor(WHILE, () -> pair.acceptor().byteCount() == 3));
      Await.until("more questions", () -> asked.get() > 3);
      rig.backend.rules().remove(rule);
      Await.until("the others", () -> pair.acceptor().byteCount() == 10);
      assertArrayEquals(bytes, pair.acceptor().bytes());
    }
  }

  @Test
  void firstBytesOfWhatIsHeldAreShownToTheRulesBehind() {
    try (LoopbackRig rig = new LoopbackRig(0)) {
      Pair pair = rig.pair();
      AtomicInteger asked = new AtomicInteger();
      List<Integer> shown = new java.util.concurrent.CopyOnWriteArrayList<>();
      RuleBook rules = rig.backend.rules();
      rules.add(passage -> asked.getAndIncrement() == 0 ? Fate.hold(3) : Fate.PASS);
      rules.add(
          passage -> {
            shown.add(passage.byteCount());
            return passage.byteCount() == 3
                ? Fate.truncate(1)
                : Fate.alter(bytes -> bytes.put(bytes.position(), (byte) 9));
          });
      rig.send(pair.dialler(), new byte[] {1, 2, 3, 4, 5});
      Await.until("the bytes", () -> pair.acceptor().byteCount() == 3);
      assertEquals(List.of(3, 2), shown);
      assertArrayEquals(new byte[] {1, 9, 5}, pair.acceptor().bytes());
    }
  }

  @Test
  void whatWasHeldIsAskedAboutAsSuchUntilItGoesOrIsLost() {
    try (LoopbackRig rig = new LoopbackRig(0)) {
      Pair pair = rig.pair();
      List<Fate> fates = List.of(Fate.HOLD, Fate.hold(3), Fate.LOSE, Fate.HOLD, Fate.PASS);
      List<Boolean> held = new java.util.concurrent.CopyOnWriteArrayList<>();
      rig.backend
          .rules()
          .add(
              passage -> {
                held.add(passage.held());
                return held.size() <= fates.size() ? fates.get(held.size() - 1) : Fate.PASS;
              });
      rig.send(pair.dialler(), new byte[10]);
      Await.until("the bytes", () -> pair.acceptor().byteCount() == 10);
      rig.send(pair.dialler(), new byte[10]);
      Await.until("the bytes", () -> pair.acceptor().byteCount() == 20);
      assertEquals(List.of(false, true, true, false, true, false), held);
    }
  }

  @Test
  void delayedBytesAreNotOvertaken() {
    try (LoopbackRig rig = new LoopbackRig(0)) {
      Pair pair = rig.pair();
      AtomicInteger asked = new AtomicInteger();
      rig.backend
          .rules()
          .add(passage -> asked.getAndIncrement() == 0 ? Fate.delay(150 * MILLI) : Fate.PASS);
      long start = System.nanoTime();
      rig.send(pair.dialler(), new byte[] {1});
      Await.until("the question", () -> asked.get() == 1);
      rig.send(pair.dialler(), new byte[] {2});
      Await.until("the bytes", () -> pair.acceptor().byteCount() == 2);
      assertTrue(pair.acceptor().firstNanos() - start >= 150 * MILLI);
      assertArrayEquals(new byte[] {1, 2}, pair.acceptor().bytes());
    }
  }

  @Test
  void bytesCanBeCutOffAndAltered() {
    try (LoopbackRig rig = new LoopbackRig(0)) {
      Pair pair = rig.pair();
      AtomicInteger asked = new AtomicInteger();
      rig.backend
          .rules()
          .add(
              passage ->
                  asked.getAndIncrement() == 0
                      ? Fate.truncate(2)
                      : Fate.alter(bytes -> bytes.put(bytes.position(), (byte) 9)));
      rig.send(pair.dialler(), new byte[] {1, 2, 3, 4});
      Await.until("the first", () -> pair.acceptor().byteCount() == 2);
      rig.send(pair.dialler(), new byte[] {5, 6});
      Await.until("the second", () -> pair.acceptor().byteCount() == 4);
      assertArrayEquals(new byte[] {1, 2, 9, 6}, pair.acceptor().bytes());
    }
  }

  @Test
  void cutConnectionIsResetAtBothEnds() {
    try (LoopbackRig rig = new LoopbackRig(1)) {
      Pair pair = rig.pair();
      rig.rule(Passage.Kind.BYTES, pair.from(), pair.to(), Fate.CUT);
      rig.send(pair.dialler(), randomBytes(1_000));
      Await.until("the end", () -> pair.acceptor().isGone() && pair.dialler().isGone());
      assertTrue(pair.acceptor().isReset(), pair.acceptor().events()::toString);
      assertTrue(pair.dialler().isReset(), pair.dialler().events()::toString);
      assertEquals(0, pair.acceptor().byteCount());
    }
  }

  @Test
  void openConnectionsOfSomeCanBeCut() {
    try (LoopbackRig rig = new LoopbackRig(1)) {
      Pair pair = rig.pair();
      Pair other = rig.pair();
      assertEquals(0, rig.backend.rules().cut((dialler, acceptor) -> dialler == 1));
      assertEquals(
          1, rig.backend.rules().cut((dialler, acceptor) -> dialler == 0 && acceptor == 1));
      Await.until("the end", () -> pair.acceptor().isGone() && pair.dialler().isGone());
      assertTrue(pair.acceptor().isReset() && pair.dialler().isReset());
      assertEquals(1, rig.backend.rules().cut((dialler, acceptor) -> true));
      Await.until("the end", () -> other.acceptor().isGone() && other.dialler().isGone());
    }
  }

  @Test
  void dialCanBeRefused() {
    try (LoopbackRig rig = new LoopbackRig(20)) {
      Machine one = rig.machine();
      Machine other = rig.machine();
      rig.listen(rig.process(other));
      rig.rule(Passage.Kind.DIAL, one, other, Fate.REFUSE);
      long start = System.nanoTime();
      ChannelFuture dial = rig.dial(rig.process(one), other, new Wire(), 20_000);
      Await.until("the refusal", dial::isDone);
      assertInstanceOf(ConnectException.class, dial.cause());
      assertTrue(System.nanoTime() - start >= 40 * MILLI);
      Await.until("the close", () -> !dial.channel().isOpen());
    }
  }

  @Test
  void nobodyWhoListensIsRefusalOfTheKernels() {
    try (LoopbackRig rig = new LoopbackRig(20)) {
      Machine one = rig.machine();
      Machine other = rig.machine();
      ChannelFuture dial = rig.dial(rig.process(one), other, new Wire(), 20_000);
      Await.until("the refusal", dial::isDone);
      assertInstanceOf(ConnectException.class, dial.cause());
    }
  }

  @Test
  void dialIntoNothingEndsWithItsOwnLimit() {
    try (LoopbackRig rig = new LoopbackRig(0)) {
      Machine one = rig.machine();
      Machine other = rig.machine();
      rig.listen(rig.process(other));
      rig.rule(one, other, Fate.LOSE);
      assertTimesOut(rig, one, other);
    }
  }

  @Test
  void lostAnswerIsNoAnswer() {
    try (LoopbackRig rig = new LoopbackRig(0)) {
      Machine one = rig.machine();
      Machine other = rig.machine();
      rig.listen(rig.process(other));
      rig.rule(other, one, Fate.LOSE);
      assertTimesOut(rig, one, other);
      assertTrue(rig.accepted.isEmpty());
    }
  }

  @Test
  void lostRefusalIsNoAnswer() {
    try (LoopbackRig rig = new LoopbackRig(0)) {
      Machine one = rig.machine();
      Machine other = rig.machine();
      rig.rule(Passage.Kind.RESET, other, one, Fate.LOSE);
      assertTimesOut(rig, one, other);
    }
  }

  private static void assertTimesOut(LoopbackRig rig, Machine one, Machine other) {
    long start = System.nanoTime();
    ChannelFuture dial = rig.dial(rig.process(one), other, new Wire(), 300);
    Await.until("the limit", dial::isDone);
    assertInstanceOf(ConnectTimeoutException.class, dial.cause());
    assertTrue(System.nanoTime() - start >= 300 * MILLI);
    Await.until("the close", () -> !dial.channel().isOpen());
  }

  @Test
  void dialIsRepeatedAfterOneSecond() {
    try (LoopbackRig rig = new LoopbackRig(0)) {
      Machine one = rig.machine();
      Machine other = rig.machine();
      rig.listen(rig.process(other));
      rig.backend
          .rules()
          .add(
              passage ->
                  passage.kind() == Passage.Kind.DIAL && passage.lostTimes() == 0
                      ? Fate.LOSE
                      : Fate.PASS);
      long start = System.nanoTime();
      rig.dial(rig.process(one), other);
      assertTrue(System.nanoTime() - start >= 1_000 * MILLI);
    }
  }

  @Test
  void killedProcessResetsItsConnections() {
    try (LoopbackRig rig = new LoopbackRig(10)) {
      Pair pair = rig.pair();
      pair.from().kill();
      Await.until("the reset", pair.acceptor()::isGone);
      assertTrue(pair.acceptor().isReset(), pair.acceptor().events()::toString);
    }
  }

  /** The node goes on writing into nothing; when the way is open, it is told what there is. */
  @Test
  void lostResetIsToldWhenSomebodyWritesLater() {
    try (LoopbackRig rig = new LoopbackRig(1)) {
      Pair pair = rig.pair();
      Rule rule = rig.rule(pair.from(), pair.to(), Fate.LOSE);
      pair.from().kill();
      assertTrue(Await.holdsFor(WHILE, () -> !pair.acceptor().isGone()));
      assertTrue(rig.send(pair.acceptor(), new byte[1_000]).awaitUninterruptibly().isSuccess());
      assertTrue(Await.holdsFor(WHILE, () -> !pair.acceptor().isGone()));
      rig.backend.rules().remove(rule);
      Await.until("the reset", pair.acceptor()::isGone);
      assertTrue(pair.acceptor().isReset(), pair.acceptor().events()::toString);
    }
  }

  @Test
  void lostEndOfTheStreamIsRepeated() {
    try (LoopbackRig rig = new LoopbackRig(1)) {
      Pair pair = rig.pair();
      Rule rule = rig.rule(Passage.Kind.FIN, pair.from(), pair.to(), Fate.LOSE);
      pair.dialler().channel().close();
      assertTrue(Await.holdsFor(WHILE, () -> !pair.acceptor().isGone()));
      rig.backend.rules().remove(rule);
      Await.until("the end", pair.acceptor()::isGone);
      assertFalse(pair.acceptor().isReset());
    }
  }

  @Test
  void heldBytesCloseTheWindowOfTheSender() {
    try (LoopbackRig rig = new LoopbackRig(1)) {
      Pair pair = rig.pair();
      Rule rule = rig.rule(pair.from(), pair.to(), Fate.HOLD);
      byte[] bytes = randomBytes(16 << 20);
      ChannelFuture sent = rig.send(pair.dialler(), bytes);
      long before = rig.heldBytes();
      assertTrue(
          Await.holdsFor(WHILE, () -> rig.heldBytes() - before <= 3 * Gate.HELD_BYTES_LIMIT));
      assertFalse(sent.isDone());
      // What the sender got rid of is in the gate and in the buffers of the kernel.
      assertTrue(pair.dialler().channel().bytesBeforeWritable() > bytes.length - (3 << 20));
      rig.backend.rules().remove(rule);
      Await.until("the bytes", () -> pair.acceptor().byteCount() == bytes.length);
      assertArrayEquals(bytes, pair.acceptor().bytes());
    }
  }

  @Test
  void nodeThatDoesNotReadGetsNothingUntilItDoes() {
    try (LoopbackRig rig = new LoopbackRig(5)) {
      Pair pair = rig.pair(false);
      byte[] bytes = randomBytes(8 << 20);
      ChannelFuture sent = rig.send(pair.dialler(), bytes);
      assertTrue(Await.holdsFor(WHILE, () -> pair.acceptor().byteCount() == 0));
      assertFalse(sent.isDone());
      Await.until("some bytes", () -> readsForMoment(pair.acceptor()));
      // What was due at that moment may still come.
      Await.until("the pause", () -> isStill(pair.acceptor()));
      assertTrue(pair.acceptor().byteCount() < bytes.length);
      pair.acceptor().channel().config().setAutoRead(true);
      Await.until("the bytes", () -> pair.acceptor().byteCount() == bytes.length);
      assertArrayEquals(bytes, pair.acceptor().bytes());
    }
  }

  /**
   * Reads on and off within one turn of the loop: all at once would come faster than a test looks.
   */
  private static boolean readsForMoment(Wire wire) {
    wire.channel().eventLoop().execute(() -> wire.channel().config().setAutoRead(true));
    wire.channel().eventLoop().execute(() -> wire.channel().config().setAutoRead(false));
    return wire.byteCount() > 0;
  }

  private static boolean isStill(Wire wire) {
    int count = wire.byteCount();
    return Await.holdsFor(Duration.ofMillis(100), () -> wire.byteCount() == count);
  }

  @Test
  void singleReadBringsOneBatch() {
    try (LoopbackRig rig = new LoopbackRig(5)) {
      Pair pair = rig.pair(false);
      rig.send(pair.dialler(), randomBytes(1_000));
      assertTrue(Await.holdsFor(Duration.ofMillis(100), () -> pair.acceptor().byteCount() == 0));
      pair.acceptor().channel().read();
      Await.until("the bytes", () -> pair.acceptor().byteCount() == 1_000);
      rig.send(pair.dialler(), randomBytes(1_000));
      assertTrue(
          Await.holdsFor(Duration.ofMillis(100), () -> pair.acceptor().byteCount() == 1_000));
    }
  }

  /** Withheld and paused by turns, at both ends of the window, again and again. */
  @Test
  void pausesOfTheNodeAndOfTheGateDoNotGetInEachOthersWay() {
    try (LoopbackRig rig = new LoopbackRig(2)) {
      Pair pair = rig.pair();
      byte[] bytes = randomBytes(24 << 20);
      rig.send(pair.dialler(), bytes);
      while (pair.acceptor().byteCount() < bytes.length) {
        int count = pair.acceptor().byteCount();
        pair.acceptor().channel().config().setAutoRead(false);
        Await.holdsFor(Duration.ofMillis(3), () -> true);
        pair.acceptor().channel().config().setAutoRead(true);
        Await.until("more bytes", () -> pair.acceptor().byteCount() > count);
      }
      assertArrayEquals(bytes, pair.acceptor().bytes());
    }
  }

  @Test
  void bothEndsOfOneConnectionAreOneRecord() {
    try (LoopbackRig rig = new LoopbackRig(1)) {
      Pair pair = rig.pair();
      assertEquals(0, rig.backend.openConnections());
      rig.send(pair.dialler(), new byte[1]);
      rig.send(pair.acceptor(), new byte[1]);
      Await.until("the session", () -> rig.backend.openConnections() == 1);
      ConnectionRecord open = rig.backend.connections().get(0);
      assertEquals(0, open.dialler());
      assertEquals(1, open.acceptor());
      assertTrue(open.fromNanos() < open.untilNanos());
      pair.dialler().channel().close();
      Await.until("the end", pair.acceptor()::isGone);
      assertEquals(0, rig.backend.openConnections());
      assertEquals(1, rig.backend.connections().size());
      assertTrue(rig.backend.events() > 4);
    }
  }

  @Test
  void whatIsUnderWayAtTheEndIsReleased() {
    try (LoopbackRig rig = new LoopbackRig(500)) {
      Machine one = rig.machine();
      Machine other = rig.machine();
      Environment from = rig.process(one);
      rig.listen(rig.process(other));
      Wire dialler = rig.dial(from, other);
      Wire acceptor = rig.nextAccepted();
      rig.send(dialler, randomBytes(4 << 20));
      rig.send(acceptor, randomBytes(4 << 20));
      ChannelFuture dial = rig.dial(from, other, new Wire(), 20_000);
      assertTrue(Await.holdsFor(Duration.ofMillis(100), () -> !dial.isDone()));
    }
  }
}
