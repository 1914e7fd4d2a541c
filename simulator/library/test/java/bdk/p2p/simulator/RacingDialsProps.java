package bdk.p2p.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.manager.ManagerBuilder;
import bdk.p2p.manager.ManagerOptions;
import bdk.p2p.manager.NodeListener;
import bdk.p2p.manager.Peer;
import bdk.p2p.manager.RequestException;
import bdk.p2p.message.CloseReason;
import bdk.p2p.message.Command;
import bdk.p2p.message.Direction;
import bdk.p2p.message.RequestOutcome;
import bdk.p2p.message.SendResult;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.statistics.Statistics;

/**
 * Two nodes dial each other whenever they like, and talk meanwhile: one session is left, the one
 * that the model says, and nobody has lost anything.
 */
class RacingDialsProps {
  private static final Command NOTE = Command.of(5000);
  private static final Command ASK = Command.of(5001);
  private static final Duration TALK = Duration.ofMillis(7);
  private static final Duration TALKING = Duration.ofMillis(600);
  private static final Duration QUIET = Duration.ofSeconds(15);

  /** Who dials, and when; the second side's dials come half a millisecond later: no ties. */
  record Dial(int side, int atMillis) {
    long micros() {
      return atMillis * 1_000L + side * 500L;
    }
  }

  /** One of the two nodes, and all that happens to it. */
  private static final class Side implements NodeListener {
    final List<String> news = new ArrayList<>();
    final List<Integer> sent = new ArrayList<>();
    final List<Integer> received = new ArrayList<>();
    final Map<RequestOutcome, Integer> ended = new HashMap<>();
    SimNode node;
    Side other;
    int asked;
    int dialled;

    void install(ManagerBuilder builder) {
      builder
          .options(ManagerOptions.builder().minPeers(0).infoInterval(Duration.ofDays(1)).build())
          .listener(this)
          .onRequest(ASK, (peer, request) -> request.payload())
          .onNotification(NOTE, (peer, note) -> received.add(note.payload().getInt()));
    }

    @Override
    public void connected(Peer peer) {
      news.add("+" + peer.id());
      talk();
    }

    @Override
    public void disconnected(Peer peer, CloseReason reason) {
      news.add("-" + peer.id() + " " + reason);
    }

    void dial() {
      node.manager()
          .connect(other.node.id())
          .thenAccept(
              peer -> {
                dialled++;
                talk();
              });
    }

    /** A message and a request, if there is a peer. */
    void talk() {
      node.manager().peer(other.node.id()).ifPresent(this::talk);
    }

    private void talk(Peer peer) {
      ByteBuffer number = ByteBuffer.allocate(4).putInt(0, sent.size());
      assertEquals(SendResult.QUEUED, node.manager().notify(peer, NOTE, number));
      sent.add(sent.size());
      asked++;
      node.manager()
          .request(peer, ASK, number)
          .whenComplete(
              (answer, failure) ->
                  ended.merge(
                      failure == null
                          ? RequestOutcome.ANSWERED
                          : ((RequestException) failure).outcome(),
                      1,
                      Integer::sum));
    }

    Peer peer() {
      assertEquals(1, node.manager().peers().size(), node + " has other peers");
      return node.manager().peers().get(0);
    }
  }

  /** Which side's dial is left, by the rule: of two that cross, that of the lower id. */
  private static int survivor(List<Dial> dials, long[] latencyMicros, int lower) {
    long roundTrip = latencyMicros[0] + latencyMicros[1];
    OptionalLong[] first = new OptionalLong[2];
    for (int side = 0; side < 2; side++) {
      int own = side;
      first[side] = dials.stream().filter(dial -> dial.side() == own).mapToLong(Dial::micros).min();
    }
    for (int side = 0; side < 2; side++) {
      OptionalLong own = first[side];
      OptionalLong others = first[1 - side];
      // The other side knows of a dial when its handshake has come: then it dials no more.
      if (own.isPresent()
          && (others.isEmpty()
              || others.getAsLong() > own.getAsLong() + roundTrip + latencyMicros[side])) {
        return side;
      }
    }
    return lower;
  }

  @Provide
  Arbitrary<Dial> dials() {
    return Combinators.combine(Arbitraries.integers().between(0, 1), instants()).as(Dial::new);
  }

  private static Arbitrary<Integer> instants() {
    return Arbitraries.frequencyOf(
        Tuple.of(3, Arbitraries.integers().between(0, 120)),
        Tuple.of(1, Arbitraries.integers().between(0, 400)));
  }

  @Property(tries = 300)
  void oneSessionIsLeftAndNothingIsLost(
      @ForAll @Size(min = 1, max = 6) List<@From("dials") Dial> dials,
      @ForAll @IntRange(min = 1, max = 100) int thereMillis,
      @ForAll @IntRange(min = 1, max = 100) int backMillis,
      @ForAll boolean lowerFirst,
      @ForAll @LongRange(min = 1, max = 1_000_000) long seed) {
    LatencyModel latency =
        (from, to) -> Duration.ofMillis((from == 0) == lowerFirst ? thereMillis : backMillis);
    try (Simulation network = Simulation.builder().seed(seed).latency(latency).build()) {
      Side[] sides = {new Side(), new Side()};
      for (Side side : List.of(sides[lowerFirst ? 0 : 1], sides[lowerFirst ? 1 : 0])) {
        side.node =
            network.node(side == sides[0] ? "one" : "two", (self, node) -> side.install(node));
      }
      sides[0].other = sides[1];
      sides[1].other = sides[0];
      talkAndDial(network, sides, dials);
      int lower = sides[0].node.id().compareTo(sides[1].node.id()) < 0 ? 0 : 1;
      long[] micros = {thereMillis * 1_000L, backMillis * 1_000L};
      int survivor = survivor(dials, micros, lower);
      Statistics.label("survivor").collect(survivor == lower ? "of the lower" : "of the higher");
      assertOneIsLeft(network, sides, survivor);
      assertNothingIsLost(sides[0]);
      assertNothingIsLost(sides[1]);
      assertEquals(dials.size(), sides[0].dialled + sides[1].dialled, "dials that succeeded");
      network.claims().assertHeld();
    }
  }

  private static void talkAndDial(Simulation network, Side[] sides, List<Dial> dials) {
    for (Dial dial : dials.stream().sorted(Comparator.comparingLong(Dial::micros)).toList()) {
      network.after(Duration.ofNanos(dial.micros() * 1_000), sides[dial.side()]::dial);
    }
    network.every(
        TALK,
        () -> {
          if (network.now().compareTo(TALKING) < 0) {
            sides[0].talk();
            sides[1].talk();
          }
        });
    network.run(QUIET);
  }

  private static void assertOneIsLeft(Simulation network, Side[] sides, int survivor) {
    assertEquals(Direction.OUTBOUND, sides[survivor].peer().direction(), "of the survivor");
    assertEquals(Direction.INBOUND, sides[1 - survivor].peer().direction(), "of the other");
    assertEquals(1, network.run().world().connectionCount(), "connections");
    for (Side side : sides) {
      assertEquals(List.of("+" + side.other.node.id()), side.news);
      var now = side.node.manager().statistics();
      assertEquals(0, now.queuedBytes() + now.heldBytes() + now.arrivingBytes(), "held");
    }
  }

  private static void assertNothingIsLost(Side side) {
    assertEquals(side.sent, side.other.received.stream().sorted().toList());
    assertTrue(!side.sent.isEmpty());
    int answered = side.ended.getOrDefault(RequestOutcome.ANSWERED, 0);
    int gone = side.ended.getOrDefault(RequestOutcome.PEER_GONE, 0);
    assertEquals(side.asked, answered + gone, () -> "of " + side.ended);
    // The node itself has asked for nodes.
    Map<RequestOutcome, Long> counted = new HashMap<>(side.node.manager().statistics().requests());
    assertTrue(counted.remove(RequestOutcome.ANSWERED) >= answered);
    assertTrue(counted.remove(RequestOutcome.PEER_GONE) >= gone);
    assertEquals(0, counted.values().stream().mapToLong(Long::longValue).sum(), "other ends");
  }
}
