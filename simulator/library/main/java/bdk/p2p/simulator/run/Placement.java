package bdk.p2p.simulator.run;

import bdk.p2p.simulator.scenario.NodeGroup;
import bdk.p2p.simulator.scenario.RegionModel;
import bdk.p2p.simulator.scenario.Scenario;
import bdk.p2p.simulator.world.Host;
import bdk.p2p.simulator.world.World;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** Where the nodes of a scenario are. No state. */
final class Placement {
  private Placement() {}

  /** The region of each node, in the order of the groups. */
  static List<Integer> regions(Scenario scenario) {
    List<Integer> regions = new ArrayList<>();
    for (NodeGroup group : scenario.groups()) {
      if (group.region().isPresent()) {
        int region = scenario.regions().indexOf(group.region().get());
        for (int count = 0; count < group.count(); count++) {
          regions.add(region);
        }
      } else {
        regions.addAll(scenario.regions().spread(group.count()));
      }
    }
    return regions;
  }

  /** Makes a host for each node. */
  static List<SimulatedNode> nodes(Scenario scenario, List<Integer> regions, World world) {
    List<SimulatedNode> nodes = new ArrayList<>();
    for (NodeGroup group : scenario.groups()) {
      for (String id : group.ids()) {
        int index = nodes.size();
        RegionModel.Region region = scenario.regions().regions().get(regions.get(index));
        Host host =
            world.host(
                address(index), region.uploadBitsPerSecond(), region.downloadBitsPerSecond());
        nodes.add(new SimulatedNode(index, id, group, regions.get(index), host));
      }
    }
    return nodes;
  }

  /** 10.0.0.1 and on. */
  private static InetAddress address(int index) {
    int number = index + 1;
    try {
      return InetAddress.getByAddress(
          new byte[] {10, (byte) (number >> 16), (byte) (number >> 8), (byte) number});
    } catch (UnknownHostException cause) {
      throw new IllegalStateException("four bytes are an address", cause);
    }
  }
}
