package bdk.p2p.simulator.containers;

import bdk.p2p.simulator.backend.MadeFault;
import bdk.p2p.simulator.fault.Bandwidth;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;

/** Narrow links, made by the token bucket filter of tc. Driver's thread only. */
final class BandwidthFault implements MadeFault {
  private final Links links;
  private final Links.Narrower narrower;
  private final List<Pod> pods;
  private final long waitedBefore;
  private long waited = -1;

  private BandwidthFault(Links links, Links.Narrower narrower, List<Pod> pods) {
    this.links = links;
    this.narrower = narrower;
    this.pods = pods;
    this.waitedBefore = waitedEver();
  }

  static BandwidthFault begin(Bandwidth fault, List<Integer> victims, Links links, List<Pod> pods) {
    BandwidthFault begun =
        new BandwidthFault(links, new Links.Narrower(fault, new LinkedHashSet<>(victims)), pods);
    links.add(begun.narrower);
    begun.change();
    return begun;
  }

  /** Makes the links of all victims as they now are. */
  private void change() {
    Map<Integer, String> scripts = new LinkedHashMap<>();
    victims().forEach(victim -> scripts.put(victim, links.change(victim, narrower.fault())));
    SideBySide.run(victims(), victim -> pods.get(victim).shell(scripts.get(victim)));
  }

  private List<Integer> victims() {
    return List.copyOf(narrower.victims());
  }

  private long waitedEver() {
    AtomicLong sum = new AtomicLong();
    ToLongFunction<Pod> waits = pod -> Long.parseLong(pod.shell(Shaping.WAITED).strip());
    SideBySide.run(victims(), victim -> sum.addAndGet(waits.applyAsLong(pods.get(victim))));
    return sum.get();
  }

  /** How often something had to wait for its turn, whichever limit it was that let it wait. */
  @Override
  public long bites() {
    return waited < 0 ? Math.max(0, waitedEver() - waitedBefore) : waited;
  }

  @Override
  public void end() {
    waited = bites();
    links.remove(narrower);
    change();
  }
}
