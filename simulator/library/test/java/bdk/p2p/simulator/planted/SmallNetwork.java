package bdk.p2p.simulator.planted;

import bdk.p2p.manager.ManagerOptions;
import bdk.p2p.message.NodeType;
import bdk.p2p.simulator.fault.Crash;
import bdk.p2p.simulator.fault.FaultEntry;
import bdk.p2p.simulator.fault.Selection;
import bdk.p2p.simulator.oracle.Claim;
import bdk.p2p.simulator.oracle.ClaimBoard;
import bdk.p2p.simulator.oracle.ClaimResult;
import bdk.p2p.simulator.run.NodeHook;
import bdk.p2p.simulator.run.RunOptions;
import bdk.p2p.simulator.run.RunRecord;
import bdk.p2p.simulator.run.ScenarioRunner;
import bdk.p2p.simulator.scenario.BackendKind;
import bdk.p2p.simulator.scenario.Bounds;
import bdk.p2p.simulator.scenario.NodeGroup;
import bdk.p2p.simulator.scenario.RegionModel;
import bdk.p2p.simulator.scenario.Scenario;
import bdk.p2p.simulator.scenario.Workload;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Seven nodes and a discovery node that do a little of everything for half a minute, while one of
 * them crashes and returns. No state.
 */
final class SmallNetwork {
  /** Has the bug. */
  static final String STRUCK = "node-3";

  /** Crashes once. */
  static final String CRASHING = "node-7";

  static final Duration WARM_UP = Duration.ofSeconds(8);

  private SmallNetwork() {}

  static ManagerOptions.Builder options() {
    return ManagerOptions.builder()
        .minPeers(3)
        .maxPeers(5)
        .connectTimeout(Duration.ofSeconds(2))
        .handshakeTimeout(Duration.ofSeconds(2))
        .idleTimeout(Duration.ofSeconds(6))
        .discoveryInterval(Duration.ofMillis(500));
  }

  static Scenario scenario() {
    ManagerOptions door = options().maxPeers(100).build();
    return new Scenario(
        "small-network",
        "A little of everything.",
        BackendKind.VIRTUAL,
        new RegionModel(
            List.of(new RegionModel.Region("HERE", 1, 0, 0)), List.of(List.of(20.0)), 0.1, 0),
        List.of(
            NodeGroup.of("discovery", 1, NodeType.DISCOVERY, door),
            NodeGroup.of("node", 7, NodeType.NORMAL, options().build())),
        List.of(),
        WARM_UP,
        Duration.ofSeconds(16),
        Duration.ofSeconds(10),
        new Workload(
            // Two at a time.
            List.of(
                new Workload.Broadcasts("transactions", 5, 100, Duration.ofMillis(500)),
                new Workload.Broadcasts("blocks", 6, 4_100, Duration.ofMillis(500))),
            Optional.of(new Workload.Requests(Duration.ofMillis(100), 100)),
            Optional.of(new Workload.Notifications(Duration.ofMillis(50), 50))),
        List.of(
            FaultEntry.once(
                "crash",
                new Crash(false),
                Selection.ids(List.of(CRASHING)),
                Duration.ofSeconds(2),
                Duration.ofSeconds(4))),
        new Bounds(
            Optional.empty(), 4, OptionalLong.of(1_300_000), List.of("fault-bit"), List.of()));
  }

  /** What became of each claim with this in every node. */
  static List<ClaimResult> run(NodeHook hook) {
    ClaimBoard claims = new ClaimBoard(Claim.of(scenario()));
    RunRecord run =
        new ScenarioRunner(scenario(), RunOptions.seeded(1).withHook(hook), claims).run();
    return claims.conclude(run);
  }
}
