package bdk.p2p.simulator.capsule;

import bdk.p2p.simulator.scenario.LinkBetween;
import bdk.p2p.simulator.scenario.NodeGroup;
import bdk.p2p.simulator.scenario.RegionModel;
import bdk.p2p.simulator.scenario.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Milder links: no jitter, no bounds on what they carry, the same short latency. No state. */
final class LinkReductions {
  private static final double SHORT_MILLIS = 10;

  private LinkReductions() {}

  static List<Case> milder(Case one) {
    Scenario scenario = one.scenario();
    RegionModel regions = scenario.regions();
    List<Scenario> milder = new ArrayList<>();
    for (List<LinkBetween> links : FaultReductions.without(scenario.links())) {
      milder.add(withLinks(scenario, links));
    }
    milder.add(withRegions(scenario, one(regions), true));
    milder.add(withRegions(scenario, unlimited(regions), false));
    milder.add(
        withRegions(
            scenario,
            new RegionModel(
                regions.regions(), regions.latencyMillis(), 0, regions.interRegionBitsPerSecond()),
            false));
    milder.add(scenario.withGroups(scenario.groups().stream().map(LinkReductions::plain).toList()));
    return milder.stream().filter(other -> !other.equals(scenario)).map(one::withScenario).toList();
  }

  /** One region, near to itself, that carries everything. */
  private static RegionModel one(RegionModel regions) {
    RegionModel.Region first = regions.regions().get(0);
    return new RegionModel(
        List.of(new RegionModel.Region(first.name(), 1, 0, 0)),
        List.of(List.of(SHORT_MILLIS)),
        0,
        0);
  }

  private static RegionModel unlimited(RegionModel regions) {
    return new RegionModel(
        regions.regions().stream()
            .map(region -> new RegionModel.Region(region.name(), region.share(), 0, 0))
            .toList(),
        regions.latencyMillis(),
        regions.jitter(),
        0);
  }

  /** A group anywhere, with its region's bandwidth, that starts at once. */
  private static NodeGroup plain(NodeGroup group) {
    return new NodeGroup(
        group.name(),
        group.count(),
        group.type(),
        Optional.empty(),
        Optional.empty(),
        group.seeds(),
        Duration.ZERO,
        Duration.ZERO,
        group.options());
  }

  private static Scenario withRegions(Scenario one, RegionModel regions, boolean isAnywhere) {
    List<NodeGroup> groups =
        isAnywhere ? one.groups().stream().map(LinkReductions::anywhere).toList() : one.groups();
    return copy(one.withGroups(groups), regions, one.links());
  }

  private static NodeGroup anywhere(NodeGroup group) {
    return new NodeGroup(
        group.name(),
        group.count(),
        group.type(),
        Optional.empty(),
        group.bandwidth(),
        group.seeds(),
        group.startsAfter(),
        group.startsEvery(),
        group.options());
  }

  static Scenario withLinks(Scenario one, List<LinkBetween> links) {
    return copy(one, one.regions(), links);
  }

  private static Scenario copy(Scenario one, RegionModel regions, List<LinkBetween> links) {
    return new Scenario(
        one.name(),
        one.description(),
        one.backend(),
        regions,
        one.groups(),
        links,
        one.warmUp(),
        one.duration(),
        one.coolDown(),
        one.workload(),
        one.faults(),
        one.bounds());
  }
}
