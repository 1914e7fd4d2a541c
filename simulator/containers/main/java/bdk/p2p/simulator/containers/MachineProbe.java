package bdk.p2p.simulator.containers;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.utility.DockerImageName;

/**
 * What the kernel under the engine can do to packets, found by trying. Immutable.
 *
 * @param found names of what there is, see {@link #KNOWN}
 */
record MachineProbe(Set<String> found) {
  /** What may be there or not. */
  static final List<String> KNOWN =
      List.of(
          "iptables",
          "reject",
          "statistic",
          "limit",
          "redirect",
          "netem",
          "htb",
          "u32",
          "tbf",
          "ifb");

  private static final String SCRIPT =
      """
      has() { name=$1; shift; if "$@" >/dev/null 2>&1; then echo "$name"; fi; }
      ip link add probe0 type dummy 2>/dev/null || true
      has iptables iptables -A INPUT -s 192.0.2.1 -j DROP
      has reject iptables -A INPUT -p tcp -s 192.0.2.1 -j REJECT --reject-with tcp-reset
      has statistic iptables -A INPUT -s 192.0.2.1 -m statistic --mode random --probability 0.5 -j DROP
      has limit iptables -A INPUT -s 192.0.2.1 -m limit --limit 1/second -j DROP
      has redirect iptables -t nat -A OUTPUT -p tcp -d 192.0.2.1 --dport 7000 ! --sport 10000:19999 -j REDIRECT --to-ports 20000
      has netem tc qdisc add dev lo root netem delay 1ms 1ms rate 1gbit
      tc qdisc del dev lo root 2>/dev/null || true
      has htb tc qdisc add dev lo root handle 1: htb
      has u32 tc filter add dev lo parent 1: protocol ip u32 match ip dst 192.0.2.1/32 flowid 1:1
      tc qdisc del dev lo root 2>/dev/null || true
      has tbf tc qdisc add dev lo root tbf rate 1mbit burst 32k latency 1s
      ifb() {
        ip link add ifb0 type ifb && ip link set ifb0 up && tc qdisc add dev eth0 ingress &&
          tc filter add dev eth0 parent ffff: protocol all u32 match u32 0 0 action mirred egress redirect dev ifb0
      }
      has ifb ifb
      """;

  MachineProbe {
    found = Set.copyOf(found);
  }

  boolean has(String what) {
    return found.contains(what);
  }

  /** Tries everything, in a network that nobody else is in. */
  static MachineProbe of(String tools, Belongings belongings) {
    try (GenericContainer<?> container =
        new GenericContainer<>(DockerImageName.parse(tools))
            .withCommand("sleep", "1000")
            .withLabels(belongings.labels())
            .waitingFor(
                new AbstractWaitStrategy() {
                  @Override
                  protected void waitUntilReady() {}
                })
            .withCreateContainerCmdModifier(
                command ->
                    command
                        .withEntrypoint()
                        .getHostConfig()
                        .withCapAdd(com.github.dockerjava.api.model.Capability.NET_ADMIN))) {
      container.start();
      String said = container.execInContainer("sh", "-c", Shaping.REAL_TOOLS + SCRIPT).getStdout();
      Set<String> found = new TreeSet<>(said.lines().map(String::strip).toList());
      found.retainAll(KNOWN);
      return new MachineProbe(found);
    } catch (IOException cause) {
      throw new java.io.UncheckedIOException("the container engine does not run scripts", cause);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new CancellationException("the run was interrupted");
    }
  }
}
