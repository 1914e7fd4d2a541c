package bdk.p2p.simulator.containers;

import bdk.p2p.simulator.backend.MadeFault;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** A fault that is made by rules of iptables. Any thread; guarded by this. */
final class FilterFault implements MadeFault {
  private final String chain;
  private final List<Pod> victims;
  private long struck = -1;

  private FilterFault(String chain, List<Pod> victims) {
    this.chain = chain;
    this.victims = victims;
  }

  static FilterFault begin(Filter filter, String chain, List<Pod> victims) {
    String script = filter.begin(chain);
    SideBySide.run(victims, pod -> pod.shell(script));
    return new FilterFault(chain, victims);
  }

  @Override
  public synchronized long bites() {
    return struck < 0 ? sum(pod -> pod.shell(Filter.count(chain))) : struck;
  }

  /** Does nothing a second time. */
  @Override
  public synchronized void end() {
    if (struck < 0) {
      struck = sum(pod -> pod.shell(Filter.end(chain)));
    }
  }

  private long sum(Function<Pod, String> counting) {
    AtomicLong sum = new AtomicLong();
    SideBySide.run(victims, pod -> sum.addAndGet(Long.parseLong(counting.apply(pod).strip())));
    return sum.get();
  }
}
