package bdk.p2p.simulator.properties;

import bdk.p2p.manager.GuardOptions;
import bdk.p2p.manager.ManagerOptions;
import bdk.p2p.message.NodeType;
import bdk.p2p.simulator.scenario.LinkBetween;
import bdk.p2p.simulator.scenario.NodeGroup;
import bdk.p2p.simulator.scenario.RegionModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Where nodes are, which there are, and what lies between them. No state. */
public final class NetworkArbitraries {
  private static final int MOST_PLACES = 4;

  /** Whose bytes a fault alters may be banned, and must be back when a run has recovered. */
  private static final GuardOptions SHORT_BANS =
      GuardOptions.builder().banTime(Duration.ofSeconds(2)).build();

  private NetworkArbitraries() {}

  /** One to four regions of any latencies up to 300 ms, with jitter. */
  public static Arbitrary<RegionModel> regions() {
    return Arbitraries.integers().between(1, MOST_PLACES).flatMap(NetworkArbitraries::regions);
  }

  private static Arbitrary<RegionModel> regions(int count) {
    Arbitrary<List<Double>> row = fraction(1, 300).list().ofSize(count);
    Arbitrary<List<Double>> shares = fraction(0.01, 1).list().ofSize(count);
    Arbitrary<Long> bits = Arbitraries.of(0L, 5_000_000L, 20_000_000L, 100_000_000L);
    return Combinators.combine(shares, row.list().ofSize(count), bits, fraction(0, 0.5))
        .as(
            (parts, latencies, limit, jitter) ->
                new RegionModel(places(parts, limit), latencies, jitter, limit));
  }

  private static List<RegionModel.Region> places(List<Double> shares, long bits) {
    return IntStream.range(0, shares.size())
        .mapToObj(index -> new RegionModel.Region("R" + index, shares.get(index), bits, bits))
        .toList();
  }

  /**
   * A group of DISCOVERY nodes and one or two of NORMAL ones, from 3 nodes up.
   *
   * @param maxNodes the most of them together
   */
  public static Arbitrary<List<NodeGroup>> groups(int maxNodes, RegionModel regions) {
    return Arbitraries.integers()
        .between(2, maxNodes - 1)
        .flatMap(normal -> groups(normal, regions, leastPeers(normal)));
  }

  private static Arbitrary<List<NodeGroup>> groups(int normal, RegionModel regions, int least) {
    return Combinators.combine(
            fraction(0, 1),
            normal("node", regions, least),
            normal("other", regions, least),
            Arbitraries.of(false, true))
        .as((part, node, other, isSeeded) -> groups(normal, part, node, other, isSeeded));
  }

  /**
   * With fewer peers a network may fall into islands, each content with itself. Up to 16 nodes half
   * of all are enough, whatever happens; with more it is as good as never that 8 are not.
   */
  private static int leastPeers(int normal) {
    return Math.min(8, (normal + 1) / 2);
  }

  private static List<NodeGroup> groups(
      int normal, double part, NodeGroup node, NodeGroup other, boolean isSeeded) {
    List<NodeGroup> groups = new ArrayList<>();
    ManagerOptions door =
        ManagerOptions.builder().minPeers(0).maxPeers(10_000).guard(SHORT_BANS).build();
    groups.add(NodeGroup.of("discovery", 1, NodeType.DISCOVERY, door));
    int others = Math.min(normal - 1, (int) (normal * part));
    groups.add(node.withCount(normal - others));
    if (others > 0) {
      groups.add(isSeeded ? seeded(other.withCount(others)) : other.withCount(others));
    }
    return groups;
  }

  private static NodeGroup seeded(NodeGroup group) {
    return new NodeGroup(
        group.name(),
        group.count(),
        group.type(),
        group.region(),
        group.bandwidth(),
        List.of("discovery", "node"),
        group.startsAfter(),
        group.startsEvery(),
        group.options());
  }

  private static Arbitrary<NodeGroup> normal(String name, RegionModel regions, int leastPeers) {
    List<String> names = regions.regions().stream().map(RegionModel.Region::name).toList();
    Arbitrary<NodeGroup.Bandwidth> bandwidth =
        Arbitraries.of(2_000_000L, 20_000_000L).map(bits -> new NodeGroup.Bandwidth(bits, bits));
    return Combinators.combine(
            Arbitraries.of(names).optional(),
            bandwidth.optional(0.3),
            millis(0, 3_000),
            millis(0, 100),
            options(leastPeers))
        .as(
            (region, bits, after, every, options) ->
                new NodeGroup(
                    name, 1, NodeType.NORMAL, region, bits, List.of(), after, every, options));
  }

  /**
   * Bounds and times in which a network can live; others are as they are by default.
   *
   * @param leastPeers below which no {@code minPeers} is drawn
   */
  public static Arbitrary<ManagerOptions> options(int leastPeers) {
    return Combinators.combine(
            Arbitraries.integers().between(leastPeers, leastPeers + 4),
            Arbitraries.integers().between(4, 16),
            millis(500, 3_000),
            millis(10_000, 60_000),
            Arbitraries.integers().between(64, 4_096))
        .as(
            (least, more, info, idle, outbound) ->
                ManagerOptions.builder()
                    .minPeers(least)
                    .maxPeers(2 * least + more)
                    .infoInterval(info)
                    .idleTimeout(idle)
                    .outboundMessages(outbound)
                    .guard(SHORT_BANS)
                    .build());
  }

  /** Links between two of these groups, or none. */
  public static Arbitrary<List<LinkBetween>> links(List<NodeGroup> groups) {
    Arbitrary<String> names = Arbitraries.of(groups.stream().map(NodeGroup::name).toList());
    return Combinators.combine(
            names,
            names,
            fraction(1, 400).optional(),
            Arbitraries.longs().between(1_000_000, 100_000_000).optional())
        .as(NetworkArbitraries::link)
        .list()
        .ofMaxSize(1);
  }

  private static LinkBetween link(
      String one, String other, Optional<Double> latency, Optional<Long> bits) {
    return new LinkBetween(
        one,
        other,
        latency.map(OptionalDouble::of).orElse(OptionalDouble.empty()),
        bits.map(OptionalLong::of).orElse(OptionalLong.empty()));
  }

  static Arbitrary<Duration> millis(int least, int most) {
    return Arbitraries.integers().between(least, most).map(Duration::ofMillis);
  }

  static Arbitrary<Double> fraction(double least, double most) {
    return Arbitraries.doubles().between(least, most).ofScale(3);
  }
}
