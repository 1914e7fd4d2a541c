package bdk.p2p.simulator.containers;

import bdk.p2p.simulator.backend.MachineSpec;
import bdk.p2p.simulator.fault.Bandwidth;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;

/**
 * How wide the links of all machines are: as the scenario has them, and no wider than the narrowest
 * of the faults that strike them at the time. Driver's thread only.
 */
final class Links {
  /**
   * A fault that makes links narrow.
   *
   * @param victims the indexes of machines
   */
  record Narrower(Bandwidth fault, Set<Integer> victims) {
    Narrower {
      victims = Set.copyOf(victims);
    }
  }

  private final List<MachineSpec> machines;
  private final List<Narrower> inForce = new ArrayList<>();

  /**
   * @param machines in the order of their indexes
   */
  Links(List<MachineSpec> machines) {
    this.machines = List.copyOf(machines);
  }

  /** A fault begins. */
  void add(Narrower narrower) {
    inForce.add(narrower);
  }

  /** It ends. */
  void remove(Narrower narrower) {
    // Equal ones may be in force: it does not matter which of them goes.
    inForce.remove(narrower);
  }

  /** Makes those links of a machine that a fault limits as they now are. */
  String change(int machine, Bandwidth fault) {
    String script = "";
    if (fault.uploadBitsPerSecond() > 0) {
      long bits =
          narrowest(
              machine, machines.get(machine).uploadBitsPerSecond(), Bandwidth::uploadBitsPerSecond);
      script += bits == 0 ? Shaping.noUpload() : Shaping.upload(bits);
    }
    if (fault.downloadBitsPerSecond() > 0) {
      long bits =
          narrowest(
              machine,
              machines.get(machine).downloadBitsPerSecond(),
              Bandwidth::downloadBitsPerSecond);
      script += bits == 0 ? Shaping.noDownload() : Shaping.download(bits);
    }
    return script;
  }

  /** 0 if nothing limits it. */
  private long narrowest(int machine, long always, ToLongFunction<Bandwidth> limit) {
    LongStream faults =
        inForce.stream()
            .filter(one -> one.victims().contains(machine))
            .map(Narrower::fault)
            .mapToLong(limit);
    return LongStream.concat(LongStream.of(always), faults)
        .filter(bits -> bits > 0)
        .min()
        .orElse(0);
  }
}
