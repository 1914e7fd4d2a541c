package bdk.p2p.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.manager.ManagerBuilder;
import bdk.p2p.manager.NodeListener;
import bdk.p2p.manager.TlsOptions;
import bdk.p2p.message.CloseReason;
import bdk.p2p.message.CloseReason.Code;
import bdk.p2p.message.Command;
import bdk.p2p.message.Verdict;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** TLS in virtual time: the same nodes, the same certificates, and the same run every time. */
class TlsSimulationTest {
  private static final List<String> NAMES = List.of("alpha", "beta", "gamma", "delta", "epsilon");

  private static Path file(String name) {
    return Path.of("../../src/test/resources/tls", name).toAbsolutePath();
  }

  private static TlsOptions options(String network, String who) {
    return TlsOptions.network(network)
        .pkcs12(file(who + ".p12"), "secret".toCharArray())
        .authorities(file("authority.pem"))
        .build();
  }

  private static NodeCode as(String network, String who) {
    TlsOptions options = options(network, who);
    return (self, node) -> node.tls(options);
  }

  /** Nodes that find each other and pass blocks on; returns the digest. */
  private static String network(long seed) {
    AtomicInteger arrived = new AtomicInteger();
    List<TlsOptions> all = NAMES.stream().map(name -> options("test", name)).toList();
    try (Simulation network = Simulation.seeded(seed)) {
      network.discoveryNode("discovery", as("test", "alpha"));
      SimNodes nodes =
          network.nodes(
              "node",
              NAMES.size(),
              (self, node) ->
                  node.tls(all.get(self.index()))
                      .onBroadcast(
                          Command.BROADCAST_BLOCK,
                          (peer, block) -> {
                            arrived.incrementAndGet();
                            assertTrue(peer.identity().isPresent());
                            return Verdict.RELAY;
                          }));
      network.run(Duration.ofSeconds(10));
      for (int round = 0; round < 3; round++) {
        byte[] block = new byte[100_000];
        block[0] = (byte) round;
        nodes.get(round).manager().broadcast(Command.BROADCAST_BLOCK, ByteBuffer.wrap(block));
        network.run(Duration.ofSeconds(2));
      }
      assertEquals(3 * (NAMES.size() - 1), arrived.get());
      nodes.get(0).stop();
      network.run(Duration.ofSeconds(2));
      network.claims().assertHeld();
      return network.digest();
    }
  }

  @Test
  void runRepeatsToTheBit() {
    String first = network(7);
    assertEquals(first, network(7));
    assertNotEquals(first, network(8));
  }

  /** What a node hears of connections that became no peers. */
  private static final class Refusals implements NodeListener {
    private final List<CloseReason> reasons = new ArrayList<>();

    @Override
    public void refused(InetSocketAddress address, CloseReason reason) {
      reasons.add(reason);
    }

    CloseReason only() {
      assertEquals(1, reasons.size(), reasons::toString);
      return reasons.get(0);
    }
  }

  private record Meeting(Refusals dialler, Refusals listener) {}

  private interface Dial {
    void make(Simulation network, SimNode dialler, SimNode listener);
  }

  private static Meeting meet(NodeCode dialler, NodeCode listener, Dial dial) {
    Meeting meeting = new Meeting(new Refusals(), new Refusals());
    try (Simulation network = Simulation.seeded(1)) {
      SimNode far = network.node("far", hearing(listener, meeting.listener()));
      SimNode near = network.node("near", hearing(dialler, meeting.dialler()));
      dial.make(network, near, far);
      return meeting;
    }
  }

  private static NodeCode hearing(NodeCode code, Refusals refusals) {
    return (self, node) -> install(code, self, node).listener(refusals);
  }

  private static ManagerBuilder install(NodeCode code, SimNode self, ManagerBuilder node) {
    code.install(self, node);
    return node;
  }

  private static void fails(Simulation network, SimNode dialler, SimNode listener) {
    var dial = dialler.manager().connect(listener.id()).toCompletableFuture();
    network.run(Duration.ofSeconds(2));
    assertTrue(dial.isCompletedExceptionally());
  }

  private static void assertSays(Code code, String words, CloseReason reason) {
    assertEquals(code, reason.code(), reason::toString);
    assertTrue(reason.detail().contains(words), reason::toString);
  }

  @Test
  void certificateExpiresByTheVirtualClock() {
    Meeting meeting =
        meet(
            as("test", "brief"),
            as("test", "beta"),
            (network, near, far) -> {
              network.await(near.manager().connect(far.id()));
              near.manager().disconnect(near.manager().peers().get(0));
              network.run(Duration.ofDays(2));
              fails(network, near, far);
            });
    assertSays(
        Code.UNTRUSTED,
        ": it has expired at 2026-01-03T00:00:00Z, and it is 2026-01-03T",
        meeting.dialler().only());
    assertSays(Code.UNTRUSTED, "has expired at 2026-01-03", meeting.listener().only());
  }

  @Test
  void certificateOfTheFutureIsRefused() {
    Meeting meeting = meet(as("test", "early"), as("test", "beta"), TlsSimulationTest::fails);
    assertSays(Code.UNTRUSTED, "is not valid before 2110", meeting.dialler().only());
    assertSays(Code.UNTRUSTED, "is not valid before 2110", meeting.listener().only());
  }

  @Test
  void anotherNetworkIsRefused() {
    Meeting meeting = meet(as("main", "alpha"), as("test", "beta"), TlsSimulationTest::fails);
    assertSays(Code.WRONG_NETWORK, "no_application_protocol", meeting.dialler().only());
    assertSays(Code.WRONG_NETWORK, "the peer offers bdk/main/1", meeting.listener().only());
  }

  @Test
  void anotherAuthorityIsRefused() {
    Meeting meeting = meet(as("test", "alpha"), as("test", "stranger"), TlsSimulationTest::fails);
    assertSays(Code.UNTRUSTED, "leads to no trusted authority", meeting.dialler().only());
    assertSays(Code.UNTRUSTED, "does not accept", meeting.listener().only());
  }

  @Test
  void plaintextAndTlsDoNotMeet() {
    Meeting meeting = meet(NodeCode.NONE, as("test", "beta"), TlsSimulationTest::fails);
    assertSays(Code.TLS_MISMATCH, "the peer speaks TLS", meeting.dialler().only());
    assertSays(Code.TLS_MISMATCH, "this node speaks TLS", meeting.listener().only());
    meeting = meet(as("test", "alpha"), NodeCode.NONE, TlsSimulationTest::fails);
    assertSays(Code.TLS_MISMATCH, "this node speaks TLS", meeting.dialler().only());
    assertSays(Code.TLS_MISMATCH, "its first byte is 0x16", meeting.listener().only());
  }
}
