package bdk.p2p.simulator.properties;

import bdk.p2p.simulator.fault.Bandwidth;
import bdk.p2p.simulator.fault.Churn;
import bdk.p2p.simulator.fault.ClockSkew;
import bdk.p2p.simulator.fault.ConnectBlackHole;
import bdk.p2p.simulator.fault.ConnectRefused;
import bdk.p2p.simulator.fault.Corrupt;
import bdk.p2p.simulator.fault.Crash;
import bdk.p2p.simulator.fault.Delay;
import bdk.p2p.simulator.fault.Fault;
import bdk.p2p.simulator.fault.HostilePeer;
import bdk.p2p.simulator.fault.Kill;
import bdk.p2p.simulator.fault.Loss;
import bdk.p2p.simulator.fault.Partition;
import bdk.p2p.simulator.fault.Reset;
import bdk.p2p.simulator.fault.Scope;
import bdk.p2p.simulator.fault.SlowReader;
import bdk.p2p.simulator.fault.Stall;
import bdk.p2p.simulator.fault.Stop;
import bdk.p2p.simulator.fault.Truncate;
import bdk.p2p.simulator.hostile.Behaviours;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Faults of every kind; a kind is a line of the table. No state. */
public final class FaultArbitraries {
  private FaultArbitraries() {}

  private static Map<String, Arbitrary<? extends Fault>> table() {
    Map<String, Arbitrary<? extends Fault>> all = new LinkedHashMap<>();
    all.put(
        "latency", Combinators.combine(millis(1, 3_000), millis(0, 500), scope()).as(Delay::new));
    all.put("bandwidth", Combinators.combine(bits(), bits()).as(Bandwidth::new));
    all.put(
        "loss", Combinators.combine(rate(), millis(500, 5_000).optional(), scope()).as(Loss::new));
    all.put("connect-refused", Arbitraries.create(ConnectRefused::new));
    all.put("connect-black-hole", Arbitraries.create(ConnectBlackHole::new));
    all.put("partition", Arbitraries.of(Partition.Direction.class).map(Partition::new));
    all.put("reset", Combinators.combine(fraction(0, 2), flag()).as(Reset::new));
    all.put("slow-reader", whole(1, 100_000).map(SlowReader::new));
    all.put("stall", whole(0, 100).map(Stall::new));
    all.put("corrupt", Combinators.combine(rate(), whole(1, 16), scope()).as(Corrupt::new));
    all.put("truncate", Combinators.combine(rate(), scope()).as(Truncate::new));
    all.put("crash", flag().map(Crash::new));
    all.put("kill", flag().map(Kill::new));
    all.put("stop", flag().map(Stop::new));
    all.put(
        "churn", Combinators.combine(whole(0, 3), whole(1, 3), whole(0, 3), flag()).as(Churn::new));
    all.put("clock-skew", millis(0, 3_600_000).map(ClockSkew::upTo));
    all.put("hostile-peer", Arbitraries.of(Behaviours.names()).map(HostilePeer::new));
    return all;
  }

  /** The kinds of faults that can be drawn, by the names that scenario files give them. */
  public static List<String> kinds() {
    return List.copyOf(new ArrayList<>(table().keySet()));
  }

  /**
   * Faults of these kinds, each as likely as the others.
   *
   * @throws IllegalArgumentException if there are none, or one is unknown
   */
  public static Arbitrary<Fault> faults(List<String> kinds) {
    Map<String, Arbitrary<? extends Fault>> table = table();
    if (kinds.isEmpty() || !table.keySet().containsAll(kinds)) {
      throw new IllegalArgumentException(
          "kinds: expected some of " + table.keySet() + ", found " + kinds);
    }
    return Arbitraries.of(kinds).flatMap(kind -> table.get(kind).map(fault -> fault));
  }

  private static Arbitrary<Scope> scope() {
    return Arbitraries.of(Scope.class);
  }

  private static Arbitrary<Boolean> flag() {
    return Arbitraries.of(false, true);
  }

  private static Arbitrary<Integer> whole(int least, int most) {
    return Arbitraries.integers().between(least, most);
  }

  private static Arbitrary<Long> bits() {
    return Arbitraries.longs().between(10_000, 10_000_000);
  }

  private static Arbitrary<Double> rate() {
    return fraction(0.001, 0.3);
  }

  private static Arbitrary<Double> fraction(double least, double most) {
    return Arbitraries.doubles().between(least, most).ofScale(3);
  }

  private static Arbitrary<Duration> millis(int least, int most) {
    return whole(least, most).map(Duration::ofMillis);
  }
}
