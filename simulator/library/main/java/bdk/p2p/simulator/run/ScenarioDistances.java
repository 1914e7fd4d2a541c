package bdk.p2p.simulator.run;

import bdk.p2p.simulator.backend.Distances;
import bdk.p2p.simulator.scenario.LinkBetween;
import bdk.p2p.simulator.scenario.NodeGroup;
import bdk.p2p.simulator.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What lies between the nodes of a scenario: what a link between their groups says, or else their
 * regions. Immutable. A machine that is no node, such as a hostile peer's, is where the node with
 * the index modulo the number of nodes is.
 */
final class ScenarioDistances implements Distances {
  private final Scenario scenario;
  private final int[] regions;
  private final List<String> groups = new ArrayList<>();

  ScenarioDistances(Scenario scenario) {
    this.scenario = scenario;
    this.regions = scenario.placement().stream().mapToInt(Integer::intValue).toArray();
    for (NodeGroup group : scenario.groups()) {
      group.ids().forEach(id -> groups.add(group.name()));
    }
  }

  int region(int index) {
    return regions[index % regions.length];
  }

  @Override
  public double latencyMillis(int from, int to) {
    if (scenario.links().isEmpty()) { // asked for each segment
      return ofRegions(from, to);
    }
    return link(from, to)
        .map(LinkBetween::latencyMillis)
        .filter(latency -> latency.isPresent())
        .map(latency -> latency.getAsDouble())
        .orElseGet(() -> ofRegions(from, to));
  }

  private double ofRegions(int from, int to) {
    return scenario.regions().latencyMillis(region(from), region(to));
  }

  @Override
  public double jitter() {
    return scenario.regions().jitter();
  }

  @Override
  public long bitsPerSecond(int from, int to) {
    return link(from, to)
        .map(LinkBetween::bitsPerSecond)
        .filter(bits -> bits.isPresent())
        .map(bits -> bits.getAsLong())
        .orElseGet(
            () -> region(from) == region(to) ? 0 : scenario.regions().interRegionBitsPerSecond());
  }

  private Optional<LinkBetween> link(int from, int to) {
    if (scenario.links().isEmpty()) {
      return Optional.empty();
    }
    String one = groups.get(from % groups.size());
    String other = groups.get(to % groups.size());
    return scenario.links().stream().filter(link -> link.joins(one, other)).findFirst();
  }
}
