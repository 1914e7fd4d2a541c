package bdk.p2p.simulator.run;

import bdk.p2p.simulator.backend.Backend;
import bdk.p2p.simulator.backend.MachineSpec;
import bdk.p2p.simulator.scenario.NodeGroup;
import bdk.p2p.simulator.scenario.NodeGroup.Bandwidth;
import bdk.p2p.simulator.scenario.RegionModel;
import bdk.p2p.simulator.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;

/** Makes a machine for each node of a scenario. No state. */
final class Placement {
  private Placement() {}

  static List<SimulatedNode> nodes(Scenario scenario, Backend backend) {
    List<Integer> regions = scenario.placement();
    List<SimulatedNode> nodes = new ArrayList<>();
    for (NodeGroup group : scenario.groups()) {
      for (String id : group.ids()) {
        int index = nodes.size();
        int region = regions.get(index);
        Bandwidth bandwidth = bandwidth(group, scenario.regions().regions().get(region));
        MachineSpec spec =
            new MachineSpec(
                index, bandwidth.downloadBitsPerSecond(), bandwidth.uploadBitsPerSecond());
        nodes.add(new SimulatedNode(index, id, group, region, backend.machine(spec)));
      }
    }
    return nodes;
  }

  /** Of each host of a group in a region. */
  static Bandwidth bandwidth(NodeGroup group, RegionModel.Region region) {
    return group
        .bandwidth()
        .orElseGet(
            () -> new Bandwidth(region.downloadBitsPerSecond(), region.uploadBitsPerSecond()));
  }
}
