package bdk.p2p.simulator.containers;

import bdk.p2p.simulator.fault.ConnectBlackHole;
import bdk.p2p.simulator.fault.ConnectRefused;
import bdk.p2p.simulator.fault.Fault;
import bdk.p2p.simulator.fault.Loss;
import bdk.p2p.simulator.fault.Partition;
import bdk.p2p.simulator.fault.Reset;
import bdk.p2p.simulator.fault.Scope;
import bdk.p2p.simulator.remote.ControlPorts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The rules of iptables by which a victim makes a fault, for what comes in and for what goes out.
 * Immutable.
 *
 * @param in each without its chain
 * @param out each without its chain
 */
record Filter(List<String> in, List<String> out) {
  private static final String DROP = "-j DROP";
  private static final String RESET = "-p tcp %s -j REJECT --reject-with tcp-reset";

  Filter {
    in = List.copyOf(in);
    out = List.copyOf(out);
  }

  /**
   * Those of a fault; empty if it is none that is made by rules.
   *
   * @param victims the addresses of all victims
   * @param range the whole network
   */
  static Optional<Filter> of(Fault fault, List<String> victims, String range) {
    if (fault instanceof Partition partition) {
      return Optional.of(partition(partition, victims, range));
    }
    if (fault instanceof Loss loss) {
      String lose =
          "-m statistic --mode random --probability "
              + String.format(Locale.ROOT, "%.9f ", loss.rate())
              + DROP;
      return Optional.of(scoped(loss.scope(), victims, range, lose));
    }
    if (fault instanceof Reset reset) {
      String pace = reset.perSecond() == 0 ? "" : pace(reset.perSecond());
      Scope scope = reset.betweenVictims() ? Scope.BETWEEN_VICTIMS : Scope.BOTH;
      return Optional.of(scoped(scope, victims, range, RESET.formatted("! --syn " + pace)));
    }
    String dial = "-p tcp --syn --dport " + ControlPorts.NODE;
    if (fault instanceof ConnectRefused) {
      return Optional.of(
          new Filter(List.of(dial + " -j REJECT --reject-with tcp-reset"), List.of()));
    }
    return fault instanceof ConnectBlackHole
        ? Optional.of(new Filter(List.of(dial + " " + DROP), List.of()))
        : Optional.empty();
  }

  private static Filter partition(Partition partition, List<String> victims, String range) {
    List<String> in = new ArrayList<>();
    List<String> out = new ArrayList<>();
    for (String victim : victims) {
      in.add("-s " + victim + " -j RETURN");
      out.add("-d " + victim + " -j RETURN");
    }
    in.add("-s " + range + " " + DROP);
    out.add("-d " + range + " " + DROP);
    return switch (partition.direction()) {
      case BOTH -> new Filter(in, out);
      case FROM_VICTIMS -> new Filter(List.of(), out);
      case TO_VICTIMS -> new Filter(in, List.of());
    };
  }

  private static Filter scoped(Scope scope, List<String> victims, String range, String what) {
    List<String> in = List.of("-s " + range + " " + what);
    List<String> out = List.of("-d " + range + " " + what);
    return switch (scope) {
      case BOTH -> new Filter(in, out);
      case FROM_VICTIMS -> new Filter(List.of(), out);
      case TO_VICTIMS -> new Filter(in, List.of());
      // What one sends the other gets: once is enough.
      case BETWEEN_VICTIMS ->
          new Filter(
              victims.stream().map(victim -> "-s " + victim + " " + what).toList(), List.of());
    };
  }

  private static String pace(double perSecond) {
    String limit =
        perSecond >= 1
            ? Math.round(perSecond) + "/second"
            : Math.max(1, Math.round(perSecond * 3600)) + "/hour";
    return "-m limit --limit " + limit + " --limit-burst 1";
  }

  /** Puts them in force, in chains that begin with a name. */
  String begin(String chain) {
    StringBuilder script = new StringBuilder("iptables-restore -w --noflush <<END\n*filter\n");
    script.append(":%1$sI - [0:0]\n:%1$sO - [0:0]\n".formatted(chain));
    in.forEach(rule -> script.append("-A " + chain + "I " + rule + "\n"));
    out.forEach(rule -> script.append("-A " + chain + "O " + rule + "\n"));
    script.append("-I INPUT -i %s -j %sI\n".formatted(Pod.INTERFACE, chain));
    script.append("-I OUTPUT -o %s -j %sO\n".formatted(Pod.INTERFACE, chain));
    return script.append("COMMIT\nEND\n").toString();
  }

  /** Prints how many packets they have struck. */
  static String count(String chain) {
    return """
    for chain in %1$sI %1$sO; do
      iptables -w -nvxL $chain
    done | awk '$3 == "DROP" || $3 == "REJECT" {sum += $1} END {print sum + 0}'
    """
        .formatted(chain);
  }

  /** Puts them out of force; prints how many packets they have struck. */
  static String end(String chain) {
    return """
    iptables -w -D INPUT -i %2$s -j %1$sI
    iptables -w -D OUTPUT -o %2$s -j %1$sO
    """
            .formatted(chain, Pod.INTERFACE)
        + count(chain)
        + """
        iptables -w -F %1$sI
        iptables -w -F %1$sO
        iptables -w -X %1$sI
        iptables -w -X %1$sO
        """
            .formatted(chain);
  }
}
