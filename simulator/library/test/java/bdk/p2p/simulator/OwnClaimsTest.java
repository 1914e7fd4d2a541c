package bdk.p2p.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.Ban;
import bdk.p2p.message.CloseReason;
import bdk.p2p.message.CloseReason.Code;
import bdk.p2p.message.Command;
import bdk.p2p.message.Verdict;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.opentest4j.AssertionFailedError;

/** A claim that does not hold is told of with its name, the time and the seed. */
class OwnClaimsTest {
  private static final Command NEWS = Command.BROADCAST_TRANSACTION;

  @Test
  void aClaimIsCheckedOnceASecond() {
    try (Simulation network = Simulation.seeded(77)) {
      network
          .claims()
          .always(
              "early",
              () -> network.now().toSeconds() < 3 ? Optional.empty() : Optional.of("too late"));
      network.run(Duration.ofSeconds(2));
      network.claims().assertHeld();
      network.run(Duration.ofSeconds(5));
      AssertionError broken =
          assertThrows(AssertionError.class, () -> network.claims().assertHeld());
      assertTrue(
          broken.getMessage().startsWith("claim 'early' broke at 3.000 s: too late"),
          broken.getMessage());
      assertTrue(broken.getMessage().contains("Simulation.seeded(77L)"), broken.getMessage());
    }
  }

  @Test
  void aClaimMayBeCheckedAfterEachEventOrAtTheEndOnly() {
    try (Simulation network = Simulation.seeded(1)) {
      boolean[] asked = new boolean[1];
      Duo duo =
          new Duo(
              network,
              (peer, request) -> {
                asked[0] = true;
                network.after(Duration.ofMillis(1), () -> asked[0] = false);
                return request.payload();
              });
      network
          .claims()
          .afterEachEvent("never asked", () -> asked[0] ? Optional.of("asked") : Optional.empty())
          .atTheEnd("not asked now", () -> asked[0] ? Optional.of("asked") : Optional.empty());
      network.await(duo.ask());
      network.run(Duration.ofSeconds(1));
      assertThrows(AssertionError.class, () -> network.claims().assertHeld());
      assertEquals(1, network.claims().breaches().size());
      assertEquals("never asked", network.claims().breaches().get(0).claim());
    }
  }

  @Test
  void handlersMayBreakAClaim() {
    try (Simulation network = Simulation.seeded(1)) {
      Claim silence = network.claims().named("silence");
      Duo duo =
          new Duo(
              network,
              (peer, request) -> {
                silence.broken("asked by " + peer.id());
                return request.payload();
              });
      network.claims().assertHeld();
      network.await(duo.ask());
      assertThrows(AssertionError.class, () -> network.claims().assertHeld());
      network.claims().without("silence").assertHeld();
    }
  }

  @Test
  void aHandlerThatThrowsBreaksABuiltInClaim() {
    try (Simulation network = Simulation.seeded(1)) {
      IllegalStateException mistake = new IllegalStateException("a mistake");
      Duo duo =
          new Duo(
              network,
              (peer, request) -> {
                throw mistake;
              });
      duo.ask();
      network.run(Duration.ofSeconds(1));
      AssertionError broken =
          assertThrows(AssertionError.class, () -> network.claims().assertHeld());
      assertTrue(broken.getMessage().contains("handlers-succeed"), broken.getMessage());
      assertTrue(broken.getMessage().contains("answerer"), broken.getMessage());
      assertSame(mistake, broken.getSuppressed()[0]);
      network.claims().without(Claims.HANDLERS_SUCCEED).assertHeld();
    }
  }

  @Test
  void anAssertionThatFailsInAHandlerFailsTheRunAtOnce() {
    try (Simulation network = Simulation.seeded(3)) {
      Duo duo =
          new Duo(
              network,
              (peer, request) -> {
                assertEquals(1, 2);
                return request.payload();
              });
      duo.ask();
      AssertionError failure =
          assertThrows(AssertionError.class, () -> network.run(Duration.ofSeconds(1)));
      assertSame(AssertionFailedError.class, failure.getCause().getClass());
      assertTrue(failure.getMessage().contains("answerer"), failure.getMessage());
    }
  }

  @Test
  void aBanOfAnotherNodeBreaksABuiltInClaim() {
    try (Simulation network = Simulation.seeded(1)) {
      SimNode judge =
          network.node(
              "judge", (self, node) -> node.onBroadcast(NEWS, (peer, news) -> Verdict.REJECT));
      SimNode teller = network.node("teller", NodeCode.NONE);
      network.await(teller.manager().connect(judge.id()));
      for (int number = 0; number < 12; number++) {
        teller.manager().broadcast(NEWS, ByteBuffer.allocate(4).putInt(0, number));
        network.run(Duration.ofMillis(100));
      }
      assertEquals(1, judge.manager().bans().size());
      AssertionError broken =
          assertThrows(AssertionError.class, () -> network.claims().assertHeld());
      assertTrue(broken.getMessage().contains("nobody-punished"), broken.getMessage());
      assertTrue(broken.getMessage().contains("judge banned 10.2.0.1/32"), broken.getMessage());
      network.claims().without(Claims.NOBODY_PUNISHED).assertHeld();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Code.class,
      names = {"VIOLATION", "FOREIGN_PORT", "BANNED", "INTERNAL_ERROR"})
  void aHandshakeThatEndsAsAPunishmentBreaksABuiltInClaim(Code code) {
    assertEquals(1, breachesOfRefusal(code));
  }

  @ParameterizedTest
  @EnumSource(
      value = Code.class,
      names = {"CONNECT_FAILED", "HANDSHAKE_TIMEOUT", "DUPLICATE", "TOO_MANY_CONNECTIONS"})
  void aConnectionThatIsRefusedForNoOffencePunishesNobody(Code code) {
    assertEquals(0, breachesOfRefusal(code));
  }

  private static int breachesOfRefusal(Code code) {
    try (Simulation network = Simulation.seeded(1)) {
      SimNode node = network.node("node", NodeCode.NONE);
      InetAddress other = network.node("other", NodeCode.NONE).id().address();
      witness(network, node, other)
          .refused(new InetSocketAddress(other, 40_000), CloseReason.of(code));
      return network.claims().breaches().size();
    }
  }

  @Test
  void whatIsDoneToAStrangerPunishesNobody() throws Exception {
    try (Simulation network = Simulation.seeded(1)) {
      SimNode node = network.node("node", NodeCode.NONE);
      InetAddress stranger = InetAddress.getByName("10.99.0.1");
      Witness witness = witness(network, node, node.id().address());
      witness.refused(new InetSocketAddress(stranger, 7), CloseReason.of(Code.VIOLATION));
      witness.banned(new Ban(stranger, 32, Instant.EPOCH, "for nothing"));
      network.claims().assertHeld();
    }
  }

  private static Witness witness(Simulation network, SimNode self, InetAddress honest) {
    return new Witness(self, network.claims(), honest::equals, cause -> {});
  }

  private static void assertTimerFailsTheRun(Consumer<ScheduledExecutorService> timer) {
    try (Simulation network = Simulation.seeded(3)) {
      SimNode node = network.node("node", NodeCode.NONE);
      timer.accept(node.manager().scheduler());
      network.run(Duration.ofMillis(999));
      AssertionError failure =
          assertThrows(AssertionError.class, () -> network.run(Duration.ofSeconds(1)));
      assertSame(AssertionFailedError.class, failure.getCause().getClass());
      assertTrue(failure.getMessage().startsWith("at 1.0"), failure.getMessage());
      assertTrue(failure.getMessage().contains(" on node "), failure.getMessage());
      network.run(Duration.ofSeconds(5));
    }
  }

  @Test
  void anAssertionThatFailsInATimerFailsTheRun() {
    assertTimerFailsTheRun(
        timers -> timers.schedule(() -> assertEquals(1, 2), 1, TimeUnit.SECONDS));
  }

  @Test
  void anAssertionThatFailsInAPeriodicTimerFailsTheRunOnce() {
    assertTimerFailsTheRun(
        timers -> timers.scheduleAtFixedRate(() -> assertEquals(1, 2), 1, 1, TimeUnit.SECONDS));
  }

  @Test
  void anExceptionOfATimerStaysInItsFuture() {
    try (Simulation network = Simulation.seeded(3)) {
      SimNode node = network.node("node", NodeCode.NONE);
      Future<?> timer =
          node.manager()
              .scheduler()
              .scheduleAtFixedRate(() -> List.of().get(0), 1, 1, TimeUnit.SECONDS);
      network.run(Duration.ofSeconds(5));
      assertThrows(ExecutionException.class, timer::get);
      network.claims().assertHeld();
    }
  }

  @Test
  void aWholeTestAssertsItsClaimsAndTellsItsSeed() {
    AssertionError failure =
        assertThrows(
            AssertionError.class,
            () ->
                Simulation.test(
                    11, network -> network.claims().named("nothing").broken("something")));
    assertTrue(failure.getMessage().contains("claim 'nothing' broke at 0.000 s: something"));
    IllegalStateException own =
        assertThrows(
            IllegalStateException.class,
            () ->
                Simulation.test(
                    11,
                    network -> {
                      throw new IllegalStateException("mine");
                    }));
    assertTrue(own.getSuppressed()[0].getMessage().startsWith("seed 11, "));
  }

  @Test
  void namesAreUnique() {
    try (Simulation network = Simulation.seeded(1)) {
      network.claims().named("one");
      assertThrows(IllegalArgumentException.class, () -> network.claims().named("one"));
      assertThrows(IllegalArgumentException.class, () -> network.claims().without("two"));
    }
  }
}
