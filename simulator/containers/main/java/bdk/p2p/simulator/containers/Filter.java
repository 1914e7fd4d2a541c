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
 * Each rule counts for itself, so what holds for all of it together has a chain of its own.
 * Immutable.
 *
 * <pre>
 *   INPUT  --- chainI, a rule for each of in  ---.
 *                                                +--- chainB, the rule in both
 *   OUTPUT --- chainO, a rule for each of out ---'
 * </pre>
 *
 * @param in each without its chain, and without its target if there is a rule for both
 * @param out the same
 * @param both what becomes of all that these pick; if empty, their own targets say it
 */
record Filter(List<String> in, List<String> out, Optional<String> both) {
  private static final String DROP = "-j DROP";
  private static final String RESET = "-p tcp %s -j REJECT --reject-with tcp-reset";
  private static final long SECONDS_A_DAY = 86_400;

  Filter {
    in = List.copyOf(in);
    out = List.copyOf(out);
  }

  private Filter(List<String> in, List<String> out) {
    this(in, out, Optional.empty());
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
      return Optional.of(scoped(loss.scope(), victims, range).to(lose));
    }
    if (fault instanceof Reset reset) {
      Scope scope = reset.betweenVictims() ? Scope.BETWEEN_VICTIMS : Scope.BOTH;
      return Optional.of(reset(reset.perSecond(), scoped(scope, victims, range), victims.size()));
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

  /** Without targets. */
  private static Filter scoped(Scope scope, List<String> victims, String range) {
    List<String> in = List.of("-s " + range);
    List<String> out = List.of("-d " + range);
    return switch (scope) {
      case BOTH -> new Filter(in, out);
      case FROM_VICTIMS -> new Filter(List.of(), out);
      case TO_VICTIMS -> new Filter(in, List.of());
      // What one sends the other gets: once is enough.
      case BETWEEN_VICTIMS ->
          new Filter(victims.stream().map(victim -> "-s " + victim).toList(), List.of());
    };
  }

  /** Every rule with this target. */
  private Filter to(String target) {
    return new Filter(
        in.stream().map(rule -> rule + " " + target).toList(),
        out.stream().map(rule -> rule + " " + target).toList());
  }

  private static Filter reset(double perSecond, Filter scoped, int victims) {
    if (perSecond == 0) {
      return scoped.to(RESET.formatted("! --syn"));
    }
    String paced = RESET.formatted("! --syn " + pace(perSecond / victims));
    return new Filter(scoped.in(), scoped.out(), Optional.of(paced));
  }

  /** Iptables takes whole numbers only: those of a day are fine enough. */
  private static String pace(double perSecond) {
    long perDay = Math.max(1, Math.round(perSecond * SECONDS_A_DAY));
    return "-m limit --limit " + perDay + "/day --limit-burst 1";
  }

  /** Puts them in force, in chains that begin with a name. */
  String begin(String chain) {
    StringBuilder script = new StringBuilder("iptables-restore -w --noflush <<END\n*filter\n");
    script.append(":%1$sI - [0:0]\n:%1$sO - [0:0]\n:%1$sB - [0:0]\n".formatted(chain));
    both.ifPresent(rule -> script.append("-A " + chain + "B " + rule + "\n"));
    String lead = both.isPresent() ? " -j " + chain + "B\n" : "\n";
    in.forEach(rule -> script.append("-A " + chain + "I " + rule + lead));
    out.forEach(rule -> script.append("-A " + chain + "O " + rule + lead));
    script.append("-I INPUT -i %s -j %sI\n".formatted(Pod.INTERFACE, chain));
    script.append("-I OUTPUT -o %s -j %sO\n".formatted(Pod.INTERFACE, chain));
    return script.append("COMMIT\nEND\n").toString();
  }

  /** Prints how many packets they have struck. */
  static String count(String chain) {
    return """
    for chain in %1$sI %1$sO %1$sB; do
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
        for chain in %1$sI %1$sO %1$sB; do
          iptables -w -F $chain
          iptables -w -X $chain
        done
        """
            .formatted(chain);
  }
}
