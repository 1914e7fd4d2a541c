package bdk.p2p.simulator.containers;

import bdk.p2p.simulator.backend.MachineSpec;
import bdk.p2p.simulator.remote.ControlPorts;
import bdk.p2p.simulator.scenario.ScenarioException;
import java.util.List;

/**
 * What is said to the shell beside a node so that its network is as the scenario has it. No state.
 */
final class Shaping {
  /** A busybox prefers its own, which know less. */
  static final String REAL_TOOLS =
      """
      real() {
        for folder in /usr/local/sbin /usr/sbin /sbin /usr/bin /bin; do
          if [ -x $folder/$1 ]; then echo $folder/$1; return; fi
        done
      }
      ip() { $(real ip) "$@"; }
      tc() { $(real tc) "$@"; }
      """;

  /** Nothing comes or goes any more on the network under test. */
  static final String CUT_OFF =
      """
      iptables -w -I INPUT -i eth1 -j DROP
      iptables -w -I OUTPUT -o eth1 -j DROP
      """;

  /** It does again. */
  static final String CONNECTED =
      """
      while iptables -w -D INPUT -i eth1 -j DROP 2>/dev/null; do :; done
      while iptables -w -D OUTPUT -o eth1 -j DROP 2>/dev/null; do :; done
      """;

  /** What leaves here is what comes in, on its way to a queue of its own. */
  private static final String INCOMING = "ifb0";

  private static final long LEAST_BURST_BYTES = 32 << 10;
  private static final long BURSTS_PER_SECOND = 50;
  private static final long QUEUE_BYTES = 200_000_000;

  /** So wide that nothing waits. */
  private static final long NO_LIMIT_BITS = 10_000_000_000L;

  private Shaping() {}

  /**
   * The links of a machine; empty if it has no limit.
   *
   * @throws ScenarioException if this machine cannot make them
   */
  static String base(MachineSpec machine, MachineProbe probe) {
    if (machine.uploadBitsPerSecond() > 0) {
      require(probe, "tbf", "the bandwidth of a host");
    }
    if (machine.downloadBitsPerSecond() > 0) {
      require(probe, "tbf", "the bandwidth of a host");
      require(probe, "ifb", "the download of a host");
    }
    return upload(machine.uploadBitsPerSecond()) + download(machine.downloadBitsPerSecond());
  }

  private static void require(MachineProbe probe, String what, String whatFor) {
    if (!probe.has(what)) {
      throw new ScenarioException(
          "the backend containers cannot make %s: the kernel has no %s".formatted(whatFor, what));
    }
  }

  /** An upload of so much; nothing for 0. */
  static String upload(long bits) {
    return bits == 0 ? "" : queue(Pod.INTERFACE, bits);
  }

  /** A download of so much; nothing for 0. */
  static String download(long bits) {
    return bits == 0
        ? ""
        : """
        if ! ip link show ifb0 >/dev/null 2>&1; then
          ip link add ifb0 type ifb
          ip link set ifb0 up
          tc qdisc add dev eth1 ingress
          tc filter add dev eth1 parent ffff: protocol all u32 match u32 0 0 \
            action mirred egress redirect dev ifb0
        fi
        """
            + queue(INCOMING, bits);
  }

  /** The same kind with the same handle is changed where it is: what is below it stays. */
  private static String queue(String device, long bits) {
    long burst = Math.max(LEAST_BURST_BYTES, bits / 8 / BURSTS_PER_SECOND);
    return "tc qdisc replace dev %s root handle 1: tbf rate %dbit burst %d limit %d\n"
        .formatted(device, bits, burst, QUEUE_BYTES);
  }

  /** No limit; what goes out still goes through a queue, and what waits there leaves at once. */
  static String noUpload() {
    return queue(Pod.INTERFACE, NO_LIMIT_BITS);
  }

  /** No limit any more; what comes in still goes through its queue. */
  static String noDownload() {
    return queue(INCOMING, NO_LIMIT_BITS);
  }

  /** How often something had to wait for an upload or a download so far. */
  static final String WAITED =
      """
      for device in eth1 ifb0; do
        tc -s qdisc show dev $device 2>/dev/null
      done | awk '
        $1 == "qdisc" {kind = $2}
        kind == "tbf" && $1 == "Sent" {sub(/.*overlimits /, ""); sum += $1}
        END {print sum + 0}
      '
      """;

  /**
   * Leads what a node dials to the relays of its agent, but not what those dial.
   *
   * @throws ScenarioException if this machine cannot
   */
  static String relays(int machine, List<Pod> pods, MachineProbe probe) {
    LatencyMeans.RELAYS.needs().forEach(one -> require(probe, one, "latencies"));
    StringBuilder rules = new StringBuilder("iptables-restore -w --noflush <<END\n*nat\n");
    for (int other = 0; other < pods.size(); other++) {
      if (other != machine) {
        rules.append(
            "-A OUTPUT -p tcp -d %s --dport %d ! --sport %d:%d -j REDIRECT --to-ports %d\n"
                .formatted(
                    pods.get(other).address().getHostAddress(),
                    ControlPorts.NODE,
                    ControlPorts.DIAL_FIRST,
                    ControlPorts.DIAL_LAST,
                    ControlPorts.RELAY_FIRST + other));
      }
    }
    return rules.append("COMMIT\nEND\n").toString();
  }
}
