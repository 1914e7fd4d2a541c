package bdk.p2p.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.budget.AddressBlock;
import bdk.p2p.message.Ban;
import bdk.p2p.message.CloseReason;
import bdk.p2p.message.CloseReason.Code;
import bdk.p2p.message.Misbehaviour;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuardTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final InetAddress A = address("203.0.113.7");
  private static final InetAddress B = address("203.0.113.8");

  private final StillEnvironment world = new StillEnvironment();
  private final List<String> told = new ArrayList<>();
  private final Guard guard = guard(4);

  private Guard guard(int remembered) {
    GuardLimits limits =
        new GuardLimits(2, 3, 4, 5, true, 100, Duration.ofMinutes(10), HOUR, remembered);
    return new Guard(
        limits,
        world,
        new GuardEvents() {
          @Override
          public void misbehaved(InetAddress address, Misbehaviour what, int score, String detail) {
            told.add(address.getHostAddress() + " " + what + " " + score + " " + detail);
          }

          @Override
          public void banned(Ban ban) {
            told.add("banned " + ban);
          }
        });
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException cause) {
      throw new AssertionError(cause);
    }
  }

  private void violate(InetAddress who, int points) {
    guard.misbehaved(who, Misbehaviour.VIOLATION, points, "oh");
  }

  // ---- rates ----

  @Test
  void addressHasItsBurstAndThenItsRate() {
    for (int count = 0; count < 3; count++) {
      assertTrue(guard.refuse(A).isEmpty());
    }
    assertEquals(
        new CloseReason(
            Code.TOO_MANY_CONNECTIONS,
            "more than 2 connections a second, 3 at once, from the address 203.0.113.7/32"),
        guard.refuse(A).orElseThrow());
    assertTrue(guard.refuse(B).isEmpty());
    world.pass(Duration.ofMillis(499));
    assertTrue(guard.refuse(A).isPresent());
    world.pass(Duration.ofMillis(1));
    assertTrue(guard.refuse(A).isEmpty());
    assertTrue(guard.refuse(A).isPresent());
  }

  @Test
  void networkHasItsBurstAndThenItsRate() {
    for (int count = 1; count <= 5; count++) {
      assertTrue(guard.refuse(address("203.0.113." + count)).isEmpty());
    }
    assertEquals(
        "more than 4 connections a second, 5 at once, from the network 203.0.113.0/24",
        guard.refuse(A).orElseThrow().detail());
    assertTrue(guard.refuse(address("203.0.114.1")).isEmpty());
    world.pass(Duration.ofMillis(250));
    assertTrue(guard.refuse(B).isEmpty());
  }

  @Test
  void hostsOfAnIpv6SubnetAreOneAddress() {
    for (int count = 1; count <= 3; count++) {
      assertTrue(guard.refuse(address("2001:db8::" + count)).isEmpty());
    }
    assertTrue(guard.refuse(address("2001:db8::4")).isPresent());
    assertTrue(guard.refuse(address("2001:db8:0:1::")).isEmpty());
  }

  @Test
  void ratesAreBounded() {
    ConnectionRates rates =
        new ConnectionRates(new GuardLimits(1, 1, 1, 9, true, 1, HOUR, HOUR, 4));
    for (int host = 0; host < 100; host++) {
      rates.refuse(address("10.0." + host + ".1"), 0);
    }
    assertEquals(8, rates.count());
    assertTrue(rates.refuse(address("10.0.99.1"), 0).isPresent());
    assertTrue(rates.refuse(address("10.0.0.1"), 0).isEmpty());
  }

  @Test
  void loopbackIsExempt() {
    InetAddress loopback = address("127.0.0.1");
    for (int count = 0; count < 100; count++) {
      assertTrue(guard.refuse(loopback).isEmpty());
      violate(loopback, 100);
    }
    assertEquals(List.of(), told);
    assertThrows(IllegalArgumentException.class, () -> guard.ban(loopback, HOUR, "x"));
  }

  // ---- scores ----

  @Test
  void scoreAddsUpToABan() {
    violate(A, 60);
    violate(A, 39);
    assertTrue(guard.barred(A).isEmpty());
    violate(A, 1);
    String ban =
        "203.0.113.7/32 until 1970-01-01T01:00:00Z: score 100 of 100, at last VIOLATION: oh";
    assertEquals(
        List.of(
            "203.0.113.7 VIOLATION 60 oh",
            "203.0.113.7 VIOLATION 99 oh",
            "203.0.113.7 VIOLATION 100 oh",
            "banned " + ban),
        told);
    assertEquals(new CloseReason(Code.BANNED, ban), guard.barred(A).orElseThrow());
    assertEquals(Code.BANNED, guard.refuse(A).orElseThrow().code());
    assertTrue(guard.barred(B).isEmpty());
    world.pass(HOUR.minusMillis(1));
    assertTrue(guard.barred(A).isPresent());
    world.pass(Duration.ofMillis(1));
    assertTrue(guard.barred(A).isEmpty());
    assertEquals(List.of(), guard.bans());
  }

  @Test
  void scoreHalvesInEachHalfLife() {
    violate(A, 80);
    world.pass(Duration.ofMinutes(10));
    violate(A, 10);
    world.pass(Duration.ofMinutes(20));
    violate(A, 1);
    assertEquals(
        List.of(
            "203.0.113.7 VIOLATION 80 oh",
            "203.0.113.7 VIOLATION 50 oh",
            "203.0.113.7 VIOLATION 14 oh"),
        told);
  }

  @Test
  void whatCountsNothingIsNotTold() {
    violate(A, 0);
    assertEquals(List.of(), told);
  }

  @Test
  void banIsNotMadeLongerOrShorterByWhatComesAfter() {
    guard.ban(A, Duration.ofDays(2), "ordered");
    violate(A, 1000);
    assertEquals(1, told.size());
    assertEquals(Instant.EPOCH.plus(Duration.ofDays(2)), guard.bans().get(0).until());
  }

  @Test
  void scoresAreBounded() {
    Scores scores = new Scores(1_000, 4);
    for (int host = 0; host < 100; host++) {
      scores.add(AddressBlock.ofAddress(address("10.0.0." + host)), 7, 0);
    }
    assertEquals(4, scores.count());
    assertEquals(7, scores.of(AddressBlock.ofAddress(address("10.0.0.99")), 0));
    assertEquals(0, scores.of(AddressBlock.ofAddress(address("10.0.0.95")), 0));
  }

  /** Every handshake of an honest node fails, and it comes again as soon as it ever would. */
  @Test
  void peerOnABadLineIsNeverBannedByTheDefaults() {
    for (int count = 0; count < 1_000; count++) {
      violate(A, 2);
      world.pass(Duration.ofSeconds(30));
    }
    assertEquals(List.of(), guard.bans());
    assertEquals("203.0.113.7 VIOLATION 59 oh", told.get(told.size() - 1));
  }

  // ---- bans ----

  @Test
  void bansAreListedTheFirstToEndFirst() {
    guard.ban(A, HOUR, "first");
    guard.ban(B, Duration.ofMinutes(1), "second\nand \u0007\u009b\u202e more");
    guard.ban(A, Duration.ofMinutes(2), "again");
    assertEquals(List.of("second and more", "again"), guard.bans().stream().map(Ban::why).toList());
    assertTrue(guard.unban(B));
    assertFalse(guard.unban(B));
    assertEquals(1, guard.bans().size());
  }

  @Test
  void bansAreBoundedAndTheFirstToEndGoes() {
    for (int host = 1; host <= 6; host++) {
      guard.ban(address("10.0.0." + host), Duration.ofMinutes(host), "x");
    }
    assertEquals(4, guard.bans().size());
    assertTrue(guard.barred(address("10.0.0.2")).isEmpty());
    assertTrue(guard.barred(address("10.0.0.3")).isPresent());
  }

  @Test
  void bansOutliveTheNode() {
    guard.ban(A, HOUR, "first");
    violate(B, 100);
    world.runWorkers();
    List<Ban> bans = guard.bans();
    world.pass(Duration.ofMinutes(59));
    assertEquals(bans, guard(4).bans());
    world.pass(Duration.ofMinutes(1));
    assertEquals(List.of(), guard(4).bans());
  }

  @Test
  void changesAreWrittenTogetherOnAWorker() {
    for (int host = 0; host < 4; host++) {
      guard.ban(address("10.0.0." + host), HOUR, "x");
    }
    assertEquals(0, world.stores());
    world.runWorkers();
    assertEquals(1, world.stores());
    assertEquals(4, guard(4).bans().size());
    guard.unban(address("10.0.0.0"));
    world.runWorkers();
    assertEquals(2, world.stores());
    assertEquals(3, guard(4).bans().size());
  }

  @Test
  void storageThatFailsCostsNothingButThePersistence() {
    world.failToStore(true);
    guard.ban(A, HOUR, "x");
    world.runWorkers();
    assertTrue(guard.barred(A).isPresent());
    world.failToStore(false);
    guard.ban(B, HOUR, "y");
    world.runWorkers();
    assertEquals(2, guard(4).bans().size());
  }

  @Test
  void damagedBansEndTheStart() throws Exception {
    world.storage().store("bans", "bdk.p2p bans 1\nwhat?\nend\n".getBytes());
    String message = assertThrows(UncheckedIOException.class, () -> guard(4)).getMessage();
    assertEquals(
        "the node's bans: 'bans' in memory is damaged: line 2 should be ADDRESS/BITS UNTIL WHY,"
            + " but is 'what?'; put it right or take it away",
        message);
  }
}
