package bdk.p2p.simulator.remote;

import bdk.p2p.simulator.backend.MadeFault;
import bdk.p2p.simulator.fault.Delay;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** The fault {@link Delay}, made by the relays of all machines. Driver's thread only. */
final class RelayDelay implements MadeFault {
  private final int number;
  private final List<FarNode> nodes;
  private final FarRun run;

  private RelayDelay(int number, List<FarNode> nodes, FarRun run) {
    this.number = number;
    this.nodes = nodes;
    this.run = run;
  }

  static RelayDelay begin(
      int number, Delay delay, List<Integer> victims, List<FarNode> nodes, FarRun run) {
    Set<Integer> struck = new LinkedHashSet<>(victims);
    Map<Integer, Detour> byMachine = new LinkedHashMap<>();
    for (FarNode node : nodes) {
      Set<Integer> out = new LinkedHashSet<>();
      Set<Integer> back = new LinkedHashSet<>();
      for (FarNode other : nodes) {
        if (delay.scope().holds(struck, node.index(), other.index())) {
          out.add(other.index());
        }
        if (delay.scope().holds(struck, other.index(), node.index())) {
          back.add(other.index());
        }
      }
      if (!out.isEmpty() || !back.isEmpty()) {
        Detour detour =
            new Detour(
                out, back, delay.delay().toNanos(), delay.jitter().toNanos(), new AtomicLong());
        byMachine.put(node.index(), detour);
      }
    }
    // Whose agent is not there yet is told when it is reached, by what the run knows.
    run.delay(number, byMachine);
    byMachine.forEach((machine, detour) -> nodes.get(machine).tell(detour.write(number)));
    return new RelayDelay(number, nodes, run);
  }

  @Override
  public long bites() {
    long bites = 0;
    for (FarNode node : nodes) {
      if (node.life() != null) {
        bites += node.life().delayed().getOrDefault(number, 0L);
      }
    }
    return bites;
  }

  @Override
  public void end() {
    run.straight(number);
    for (FarNode node : nodes) {
      node.tell(ControlLine.saying("do", "straight").put("fault", number));
    }
  }
}
