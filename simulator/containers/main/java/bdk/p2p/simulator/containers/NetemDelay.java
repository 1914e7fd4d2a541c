package bdk.p2p.simulator.containers;

import bdk.p2p.simulator.backend.MadeFault;
import bdk.p2p.simulator.fault.Delay;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The fault {@link Delay}, made by netem at whoever sends. A bite is a packet that enters a way
 * which it makes longer. Driver's thread only.
 */
final class NetemDelay implements MadeFault {
  private final Ways ways;
  private final Ways.Longer longer;
  private final List<Pod> pods;
  private final Map<Integer, Set<Integer>> struck = new LinkedHashMap<>();
  private final long enteredBefore;
  private long bites = -1;

  private NetemDelay(Ways ways, Ways.Longer longer, List<Pod> pods) {
    this.ways = ways;
    this.longer = longer;
    this.pods = pods;
    for (int from = 0; from < pods.size(); from++) {
      Set<Integer> destinations = ways.struck(from, longer);
      if (!destinations.isEmpty()) {
        struck.put(from, destinations);
      }
    }
    ways.add(longer);
    this.enteredBefore = change();
  }

  static NetemDelay begin(Delay delay, List<Integer> victims, Ways ways, List<Pod> pods) {
    return new NetemDelay(ways, new Ways.Longer(delay, new LinkedHashSet<>(victims)), pods);
  }

  /** Makes all that are struck as they now are; returns how many packets have entered before. */
  private long change() {
    Map<Integer, String> scripts = new LinkedHashMap<>();
    struck.forEach((from, to) -> scripts.put(from, Ways.COUNTS + ways.change(from, to)));
    return entered(scripts);
  }

  private long entered(Map<Integer, String> scripts) {
    AtomicLong sum = new AtomicLong();
    SideBySide.run(
        List.copyOf(scripts.keySet()),
        from -> {
          String counts = pods.get(from).shell(scripts.get(from));
          sum.addAndGet(Ways.sum(counts, struck.get(from)));
        });
    return sum.get();
  }

  @Override
  public long bites() {
    if (bites >= 0) {
      return bites;
    }
    Map<Integer, String> scripts = new LinkedHashMap<>();
    struck.keySet().forEach(from -> scripts.put(from, Ways.COUNTS));
    return entered(scripts) - enteredBefore;
  }

  @Override
  public void end() {
    ways.remove(longer);
    bites = change() - enteredBefore;
  }
}
