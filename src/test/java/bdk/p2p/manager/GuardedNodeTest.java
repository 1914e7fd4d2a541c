package bdk.p2p.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.Ban;
import bdk.p2p.message.CloseReason;
import bdk.p2p.message.CloseReason.Code;
import bdk.p2p.message.Command;
import bdk.p2p.message.DropReason;
import bdk.p2p.message.Misbehaviour;
import bdk.p2p.message.NodeId;
import bdk.p2p.message.Verdict;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A node keeps out who comes too often and who misbehaves, over real sockets. */
@ExtendWith(NoLeaks.class)
class GuardedNodeTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final String STRANGER = "127.0.0.2";
  private static final String BAD_FRAME = "0000000000000005 00";

  @TempDir Path folder;

  private static ManagerOptions.Builder guarded(UnaryOperator<GuardOptions.Builder> guard) {
    return Siege.options().guard(guard.apply(GuardOptions.builder().exemptLoopback(false)).build());
  }

  private Siege siege(UnaryOperator<GuardOptions.Builder> guard) {
    return new Siege(guarded(guard).build(), builder -> builder.storage(folder));
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException cause) {
      throw new AssertionError(cause);
    }
  }

  private static RawPeer intruder(Siege siege) {
    RawPeer peer = RawPeer.joinFrom(STRANGER, siege.id);
    siege.recorder.awaitConnected(peer.id());
    return peer;
  }

  private static String next(Recorder recorder) {
    Recorder.Misbehaved one = Await.next("misbehaved", recorder.misbehaved);
    return one.what() + " " + one.score();
  }

  @Test
  void whoConnectsTooOftenIsRefusedBeforeThereIsASession() {
    try (Siege siege = siege(guard -> guard.connectionsPerAddress(new Rate(1, 5)))) {
      long refused = 0;
      for (int count = 0; count < 50; count++) {
        try (RawPeer peer = RawPeer.connectFrom(STRANGER, siege.id)) {
          peer.readHandshake();
        } catch (UncheckedIOException cutOff) {
          refused++;
          Recorder.Refused told =
              Await.next(
                  "refused",
                  siege.recorder.refused,
                  one -> one.reason().code() == Code.TOO_MANY_CONNECTIONS);
          assertEquals(STRANGER, told.address().getAddress().getHostAddress());
          assertEquals(
              "more than 1 connections a second, 5 at once, from the address 127.0.0.2/32",
              told.reason().detail());
        }
      }
      assertTrue(refused >= 30, refused + " refused");
      assertEquals(refused, siege.node.statistics().refused().get(Code.TOO_MANY_CONNECTIONS));
      RawPeer.joinFrom("127.0.0.3", siege.id).close();
    }
  }

  @Test
  void violationsAddUpToABanThatClosesTheSessionsOfTheAddress() {
    try (Siege siege = siege(guard -> guard);
        RawPeer bystander = intruder(siege)) {
      for (int count = 1; count <= 4; count++) {
        RawPeer violator = intruder(siege);
        violator.send(BAD_FRAME);
        assertEquals("VIOLATION " + 25 * count, next(siege.recorder));
        violator.close();
      }
      Ban ban = Await.next("banned", siege.recorder.banned);
      assertEquals(address(STRANGER), ban.address());
      assertTrue(ban.why().startsWith("score 100 of 100, at last VIOLATION: "), ban.why());
      assertEquals(Code.BANNED, siege.recorder.awaitDisconnected(bystander.id()).code());
      bystander.awaitClosed();
      assertEquals(List.of(ban), siege.node.bans());
      assertEquals(1, siege.node.statistics().bans());
      assertEquals(4, siege.node.statistics().misbehaved().get(Misbehaviour.VIOLATION));
      assertBarred(siege, ban);
      assertTrue(siege.node.unban(address(STRANGER)));
      intruder(siege).close();
    }
  }

  private static void assertBarred(Siege siege, Ban ban) {
    CloseReason reason = new CloseReason(Code.BANNED, ban.toString());
    try (RawPeer peer = RawPeer.connectFrom(STRANGER, siege.id)) {
      assertThrows(UncheckedIOException.class, peer::readHandshake);
      assertEquals(reason, siege.recorder.awaitRefused());
    }
    DialException failure =
        (DialException)
            Await.failure(siege.node.connect(NodeId.parse(STRANGER + ":" + siege.id.port())));
    assertEquals(reason, failure.reason());
  }

  @Test
  void applicationReportsAndBans() {
    try (Siege siege = siege(guard -> guard.threshold(50));
        RawPeer peer = intruder(siege)) {
      Peer handle = siege.node.peer(peer.id()).orElseThrow();
      siege.node.report(handle, 30, "sells what it has not");
      assertEquals("REPORTED 30", next(siege.recorder));
      assertThrows(IllegalArgumentException.class, () -> siege.node.report(handle, 0, "x"));
      siege.node.report(handle, 50, "again");
      Ban ban = Await.next("banned", siege.recorder.banned);
      assertTrue(ban.why().endsWith("at last REPORTED: again"), ban.why());
      peer.awaitClosed();
      siege.node.ban(address("2001:db8::7"), HOUR, "ordered");
      assertEquals(2, siege.node.bans().size());
      assertThrows(
          IllegalArgumentException.class,
          () -> siege.node.ban(address(STRANGER), Duration.ZERO, "x"));
    }
  }

  @Test
  void loopbackIsExemptByDefault() {
    try (Siege siege = new Siege()) {
      for (int count = 0; count < 6; count++) {
        RawPeer violator = intruder(siege);
        violator.send(BAD_FRAME);
        violator.awaitClosed();
      }
      assertEquals(List.of(), siege.node.bans());
      Await.until(
          "six violations",
          () -> siege.node.statistics().misbehaved().get(Misbehaviour.VIOLATION) == 6);
      assertThrows(
          IllegalArgumentException.class, () -> siege.node.ban(address(STRANGER), HOUR, "x"));
    }
  }

  @Test
  void silentHandshakeCountsLittleAndUnknownCommandNothing() {
    ManagerOptions options =
        guarded(guard -> guard).handshakeTimeout(Duration.ofSeconds(3)).build();
    try (Siege siege = new Siege(options, builder -> builder);
        RawPeer silent = RawPeer.connectFrom(STRANGER, siege.id);
        RawPeer newer = intruder(siege)) {
      silent.awaitClosed();
      assertEquals("HANDSHAKE_TIMEOUT 2", next(siege.recorder));
      newer.send(RawPeer.frame(RawPeer.REQUEST, 1, 40_000));
      siege.recorder.awaitDropped(DropReason.NO_HANDLER);
      assertEquals(1, siege.node.statistics().misbehaved().get(Misbehaviour.UNKNOWN_COMMAND));
      assertTrue(siege.recorder.misbehaved.isEmpty());
    }
  }

  @Test
  void silenceOfANodeThatWasDialledCountsNothing() {
    ManagerOptions options =
        guarded(guard -> guard).handshakeTimeout(Duration.ofSeconds(3)).build();
    try (Siege siege = new Siege(options, builder -> builder);
        RawListener listener = new RawListener()) {
      DialException failure = (DialException) Await.failure(siege.node.connect(listener.id()));
      assertEquals(Code.HANDSHAKE_TIMEOUT, failure.reason().code());
      assertEquals(0, siege.node.statistics().misbehaved().get(Misbehaviour.HANDSHAKE_TIMEOUT));
    }
  }

  @Test
  void rejectedBroadcastCounts() {
    Command command = Command.of(4098);
    try (Pair pair =
        new Pair(
            far ->
                far.options(guarded(guard -> guard).build())
                    .onBroadcast(command, (peer, broadcast) -> Verdict.REJECT))) {
      pair.near.broadcast(command, Bytes.of(1));
      assertEquals("REJECTED_BROADCAST 10", next(pair.farRecorder));
      assertTrue(pair.farPeer.isConnected());
    }
  }

  @Test
  void bansOutliveTheNodeAndDiscoveryPassesThemOver() {
    try (Siege siege = siege(guard -> guard)) {
      siege.node.ban(address(STRANGER), HOUR, "ordered");
    }
    assertTrue(Files.exists(folder.resolve("bans")));
    Recorder banned = new Recorder();
    Recorder welcome = new Recorder();
    ManagerOptions options =
        guarded(guard -> guard).discoveryInterval(Duration.ofMillis(20)).build();
    try (Manager one = node(STRANGER, banned);
        Manager other = node("127.0.0.3", welcome);
        Manager node =
            Manager.builder()
                .options(options)
                .storage(folder)
                .seed(one.listening().orElseThrow())
                .seed(other.listening().orElseThrow())
                .start()) {
      assertEquals("ordered", node.bans().get(0).why());
      welcome.awaitConnected();
      assertTrue(Await.holdsFor(Duration.ofMillis(300), banned.connected::isEmpty));
      node.unban(address(STRANGER));
      banned.awaitConnected();
    }
  }

  private static Manager node(String host, Recorder recorder) {
    return Manager.builder()
        .listen(host, 0)
        .options(Siege.options().build())
        .listener(recorder)
        .start();
  }

  @Test
  void damagedBansEndTheStartAndAreLeftAsTheyAre() throws Exception {
    Path file = folder.resolve("bans");
    Files.writeString(file, "bdk.p2p bans 1\n127.0.0.2/32 soon x\nend\n");
    UncheckedIOException failure =
        assertThrows(UncheckedIOException.class, () -> siege(guard -> guard));
    assertEquals(
        "the node's bans: "
            + file
            + " is damaged: line 2 should be a time like 2026-01-01T00:00:00Z, but is 'soon';"
            + " put it right or take it away",
        failure.getMessage());
    assertEquals("bdk.p2p bans 1\n127.0.0.2/32 soon x\nend\n", Files.readString(file));
  }

  @Test
  void optionsAreChecked() {
    GuardOptions.Builder guard = GuardOptions.builder();
    assertThrows(IllegalArgumentException.class, () -> guard.threshold(0).build());
    guard.threshold(1);
    assertThrows(
        IllegalArgumentException.class, () -> guard.points(Misbehaviour.REPORTED, 1).build());
    guard.points(Misbehaviour.REPORTED, 0);
    assertEquals(25, guard.build().points().get(Misbehaviour.VIOLATION));
    assertEquals(Misbehaviour.values().length, guard.build().points().size());
    assertEquals(8, ManagerOptions.defaults().outboundSlots());
    assertEquals(2, ManagerOptions.builder().maxPeers(5).minPeers(3).build().outboundSlots());
    ManagerOptions.Builder options = ManagerOptions.builder().maxPeers(8).outboundSlots(8);
    assertThrows(IllegalArgumentException.class, options::build);
  }
}
