package bdk.p2p.simulator.containers;

import bdk.p2p.simulator.backend.Distances;
import bdk.p2p.simulator.fault.Delay;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What is said to tc beside each machine so that the way to each other one is as long as it should
 * be: what always lies between the two, and what faults add for their time. Driver's thread only.
 * One class of htb for each other machine, at most {@value Subnet#MOST}.
 *
 * <pre>
 *   eth1 --- tbf 1:, the upload --- htb 10: --- class 10:2 --- netem, to the machine with index 1
 *                                      |------- class 10:3 --- netem, to the machine with index 2
 *                                      |------- what goes nowhere of these is not held up
 * </pre>
 *
 * <p>The tbf is always there, see {@link Shaping#upload}: taken away, it would take with it all
 * that hangs below.
 */
final class Ways {
  /**
   * A fault that adds to ways.
   *
   * @param victims the indexes of machines
   */
  record Longer(Delay delay, Set<Integer> victims) {
    Longer {
      victims = Set.copyOf(victims);
    }

    boolean strikes(int from, int to) {
      return from != to && delay.scope().holds(victims, from, to);
    }
  }

  /** Prints, for each way, its class and how many packets have entered it so far. */
  static final String COUNTS =
      """
      tc -s qdisc show dev eth1 | awk '
        $1 == "qdisc" {way = $2 == "netem" ? $5 : ""}
        way != "" && $1 == "Sent" {sent = $4}
        way != "" && $1 == "backlog" {print way, sent + $3}
      '
      """;

  /**
   * No packet may be larger than the bucket of the narrowest tbf: what entered when it was wide
   * could never leave.
   */
  private static final int MOST_SEGMENT_BYTES = 16_000;

  private final Distances distances;
  private final List<String> addresses;
  private final List<Longer> inForce = new ArrayList<>();

  /**
   * @param addresses of all machines
   */
  Ways(Distances distances, List<String> addresses) {
    this.distances = distances;
    this.addresses = List.copyOf(addresses);
  }

  /** How long a way is now; what faults add adds up. */
  Way way(int from, int to) {
    Way way = Way.between(distances, from, to);
    for (Longer longer : inForce) {
      if (longer.strikes(from, to)) {
        way = way.longerBy(longer.delay());
      }
    }
    return way;
  }

  /** Makes the ways from a machine, below a tbf that is there. */
  String layOut(int from) {
    List<String> lines = new ArrayList<>();
    lines.add("qdisc add dev eth1 parent 1:1 handle 10: htb");
    for (int to = 0; to < addresses.size(); to++) {
      if (to != from) {
        String place = place(to);
        lines.add(
            "class add dev eth1 parent 10: classid " + place + " htb rate 10gbit quantum 60000");
        lines.add("qdisc add dev eth1 parent " + place + " " + way(from, to).netem());
        lines.add(
            "filter add dev eth1 parent 10: protocol ip u32 match ip dst %s/32 flowid %s"
                .formatted(addresses.get(to), place));
      }
    }
    return "ip link set dev eth1 gso_max_size " + MOST_SEGMENT_BYTES + "\n" + batch(lines);
  }

  /** Makes ways from a machine as they now are; what is on the way stays so. */
  String change(int from, Collection<Integer> destinations) {
    return batch(
        destinations.stream()
            .map(to -> "qdisc change dev eth1 parent " + place(to) + " " + way(from, to).netem())
            .toList());
  }

  /** All in one process: there may be hundreds. */
  private static String batch(List<String> lines) {
    return "tc -batch - <<END\n" + String.join("\n", lines) + "\nEND\n";
  }

  /** The class of the way to a machine; the first is 1, and root of nothing. */
  private static String place(int to) {
    return "10:" + Integer.toHexString(to + 1);
  }

  /** A fault begins. */
  void add(Longer longer) {
    inForce.add(longer);
  }

  /** It ends. */
  void remove(Longer longer) {
    // Equal ones may be in force: it does not matter which of them goes.
    inForce.remove(longer);
  }

  /** The machines to which the ways from one are struck. */
  Set<Integer> struck(int from, Longer longer) {
    Set<Integer> struck = new LinkedHashSet<>();
    for (int to = 0; to < addresses.size(); to++) {
      if (longer.strikes(from, to)) {
        struck.add(to);
      }
    }
    return struck;
  }

  /** How many packets have entered some of the ways, of what {@link #COUNTS} has printed. */
  static long sum(String counts, Set<Integer> destinations) {
    Set<String> places = new LinkedHashSet<>();
    destinations.forEach(to -> places.add(place(to)));
    return counts
        .lines()
        .map(line -> line.strip().split(" "))
        .filter(words -> words.length == 2 && places.contains(words[0]))
        .mapToLong(words -> Long.parseLong(words[1]))
        .sum();
  }
}
