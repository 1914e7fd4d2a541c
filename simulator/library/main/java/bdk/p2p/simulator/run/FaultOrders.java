package bdk.p2p.simulator.run;

import bdk.p2p.simulator.fault.NodeControl;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The orders that faults give to nodes, where several are on at once: a node that some keep down
 * starts when the last of them lets it, one that some pause goes on when the last of them is over,
 * and what makes its clock wrong adds up. Orders that are given otherwise do not count. Driver's
 * thread only.
 */
final class FaultOrders {
  private final NodeControl nodes;
  private final Map<Integer, Integer> keptDown = new TreeMap<>();
  private final Map<Integer, Integer> paused = new TreeMap<>();
  private final Map<Integer, Duration> skews = new TreeMap<>();

  FaultOrders(NodeControl nodes) {
    this.nodes = nodes;
  }

  /** Whom one fault gives its orders to; each has its own. */
  NodeControl ofOne() {
    return new OfOne();
  }

  /** An order that tells whether it found the node up. */
  private interface Order {
    boolean give();
  }

  private final class OfOne implements NodeControl {
    private final Holds down = new Holds(keptDown);
    private final Holds pauses = new Holds(paused);
    private final Map<Integer, Duration> own = new TreeMap<>();

    @Override
    public boolean powerOff(int node) {
      return down.hold(node, () -> nodes.powerOff(node));
    }

    @Override
    public boolean kill(int node) {
      return down.hold(node, () -> nodes.kill(node));
    }

    @Override
    public boolean stop(int node) {
      return down.hold(node, () -> nodes.stop(node));
    }

    @Override
    public boolean start(int node, boolean persisted) {
      return down.letGo(node) && nodes.start(node, persisted);
    }

    @Override
    public boolean pause(int node) {
      return pauses.hold(node, () -> nodes.pause(node));
    }

    @Override
    public void resume(int node) {
      if (pauses.letGo(node)) {
        nodes.resume(node);
      }
    }

    @Override
    public void skewClock(int node, Duration offset) {
      Duration before = own.getOrDefault(node, Duration.ZERO);
      own.put(node, offset);
      nodes.skewClock(node, skews.merge(node, offset.minus(before), Duration::plus));
    }

    @Override
    public Runnable attack(int target, String behaviour, Runnable onBite) {
      return nodes.attack(target, behaviour, onBite);
    }
  }

  /** The nodes that one fault holds, among how many hold each. */
  private static final class Holds {
    private final Map<Integer, Integer> holders;
    private final Set<Integer> own = new LinkedHashSet<>();
    private final Set<Integer> foundDown = new LinkedHashSet<>();

    private Holds(Map<Integer, Integer> holders) {
      this.holders = holders;
    }

    private boolean hold(int node, Order order) {
      // First, since another fault may begin while a node stops.
      if (own.add(node)) {
        holders.merge(node, 1, Integer::sum);
      }
      boolean wasUp = order.give();
      if (!wasUp && holders.getOrDefault(node, 0) == 1) {
        letGo(node);
        foundDown.add(node);
      }
      return wasUp;
    }

    /** True if nobody holds the node any more; not if it was down for a reason of its own. */
    private boolean letGo(int node) {
      if (own.remove(node)) {
        holders.merge(node, -1, Integer::sum);
      }
      return !foundDown.remove(node) && holders.getOrDefault(node, 0) == 0;
    }
  }
}
