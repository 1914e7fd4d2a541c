package bdk.p2p.simulator.scenario;

import bdk.p2p.manager.ManagerOptions;
import bdk.p2p.message.NodeType;
import bdk.p2p.simulator.fault.FaultEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Describes a scenario in Java. What is not said is as a scenario file has it, and where a file
 * must say it: 20 ms everywhere, 20 s of warm-up, 60 s, 20 s of cool-down, no workload, no faults,
 * and as many duplicates as there may be. For one thread.
 */
public final class ScenarioBuilder {
  private final String name;
  private final List<NodeGroup> groups = new ArrayList<>();
  private final List<LinkBetween> links = new ArrayList<>();
  private final List<FaultEntry> faults = new ArrayList<>();
  private String description;
  private RegionModel regions = RegionModel.uniform(Duration.ofMillis(20));
  private Duration warmUp = Duration.ofSeconds(20);
  private Duration duration = Duration.ofSeconds(60);
  private Duration coolDown = Duration.ofSeconds(20);
  private Workload workload = Workload.none();
  private Bounds bounds = Bounds.duplicates(10_000);

  ScenarioBuilder(String name) {
    this.name = Objects.requireNonNull(name, "name");
    this.description = name;
  }

  /** One sentence for people; the name by default. */
  public ScenarioBuilder description(String value) {
    description = Objects.requireNonNull(value, "description");
    return this;
  }

  /** Where nodes can be. */
  public ScenarioBuilder regions(RegionModel value) {
    regions = Objects.requireNonNull(value, "regions");
    return this;
  }

  /** Adds nodes. */
  public ScenarioBuilder nodes(NodeGroup group) {
    groups.add(group);
    return this;
  }

  /** Adds NORMAL nodes that start at once and dial the DISCOVERY nodes. */
  public ScenarioBuilder nodes(String group, int count, ManagerOptions options) {
    return nodes(NodeGroup.of(group, count, NodeType.NORMAL, options));
  }

  /** Adds a DISCOVERY node. */
  public ScenarioBuilder discoveryNode(String id) {
    return nodes(NodeGroup.of(id, 1, NodeType.DISCOVERY, ManagerOptions.defaults()));
  }

  /** Adds what lies between two groups. */
  public ScenarioBuilder link(LinkBetween link) {
    links.add(link);
    return this;
  }

  /** How long nodes find each other, how long the workload lasts, and how long it may arrive. */
  public ScenarioBuilder times(Duration warm, Duration work, Duration cool) {
    warmUp = warm;
    duration = work;
    coolDown = cool;
    return this;
  }

  /** What the nodes do. */
  public ScenarioBuilder workload(Workload value) {
    workload = Objects.requireNonNull(value, "workload");
    return this;
  }

  /** Adds something that goes wrong. */
  public ScenarioBuilder fault(FaultEntry entry) {
    faults.add(entry);
    return this;
  }

  /** What must hold. */
  public ScenarioBuilder bounds(Bounds value) {
    bounds = Objects.requireNonNull(value, "bounds");
    return this;
  }

  /**
   * The scenario.
   *
   * @throws ScenarioException naming the first thing that is wrong across it
   */
  public Scenario build() {
    Scenario scenario =
        new Scenario(
            name,
            description,
            BackendKind.VIRTUAL,
            regions,
            groups,
            links,
            warmUp,
            duration,
            coolDown,
            workload,
            faults,
            bounds);
    ScenarioRules.check(scenario);
    return scenario;
  }
}
