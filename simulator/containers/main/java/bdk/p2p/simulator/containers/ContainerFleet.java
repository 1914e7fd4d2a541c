package bdk.p2p.simulator.containers;

import bdk.p2p.simulator.backend.Distances;
import bdk.p2p.simulator.backend.MachineSpec;
import bdk.p2p.simulator.backend.MadeFault;
import bdk.p2p.simulator.fault.Ability;
import bdk.p2p.simulator.fault.DrawnFault;
import bdk.p2p.simulator.fault.Fault;
import bdk.p2p.simulator.remote.Fleet;
import bdk.p2p.simulator.scenario.NodeGroup;
import bdk.p2p.simulator.scenario.Scenario;
import com.github.dockerjava.api.DockerClient;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Machines in containers of an engine, on two networks of their own: one under test, and one for
 * control alone, which no fault touches. The driver makes it and closes it; what {@link Fleet} says
 * of threads holds. As many machines as the scenario has nodes, at most {@value Subnet#MOST}.
 */
final class ContainerFleet implements Fleet {
  private static final long NODE_MEMORY_BYTES = 384L << 20;

  private final DockerClient client;
  private final Belongings belongings;
  private final MachineProbe abilities;
  private final LatencyMeans latencies;
  private final Subnet subnet;
  private final String tools;
  private final String token = UUID.randomUUID().toString();
  private final List<String> names;
  private final List<Pod> pods = new ArrayList<>();
  private final Thread atExit;

  // Machines whose node has stopped in order and not returned.
  private final Set<Integer> stopped = ConcurrentHashMap.newKeySet();
  private NetworkFaults faults;
  private volatile boolean isEnding;

  private ContainerFleet(
      DockerClient client,
      Belongings belongings,
      MachineProbe abilities,
      LatencyMeans latencies,
      Subnet subnet,
      String tools,
      List<String> names) {
    this.client = client;
    this.belongings = belongings;
    this.abilities = abilities;
    this.latencies = latencies;
    this.subnet = subnet;
    this.tools = tools;
    this.names = names;
    this.atExit = new Thread(this::sweep, "bdk-sim-sweep");
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /**
   * Takes a network, and asks the machine what it can do. What runs have left whose process is gone
   * is taken away first.
   *
   * @throws bdk.p2p.simulator.scenario.ScenarioException if there is no engine, or {@link
   *     LatencyMeans#VARIABLE} asks for what there is not
   */
  static ContainerFleet open(Scenario scenario) {
    Optional<LatencyMeans> told =
        LatencyMeans.told(Optional.ofNullable(System.getenv(LatencyMeans.VARIABLE)));
    DockerClient client = Engine.client();
    Sweeper sweeper = new Sweeper(client);
    sweeper.sweepOrphans();
    Belongings belongings = Belongings.ofNewRun();
    try {
      String tools = NodeImage.tools(client, belongings);
      MachineProbe abilities = MachineProbe.of(tools, belongings);
      LatencyMeans latencies = LatencyMeans.choose(told, abilities);
      Subnet subnet = Subnet.take(belongings);
      List<String> names =
          scenario.groups().stream().map(NodeGroup::ids).flatMap(List::stream).toList();
      return new ContainerFleet(client, belongings, abilities, latencies, subnet, tools, names);
    } catch (RuntimeException failure) {
      sweeper.sweep(belongings.run());
      throw failure;
    }
  }

  @Override
  public String name() {
    return "containers";
  }

  @Override
  public Set<Ability> abilities() {
    return EnumSet.of(Ability.KILL, Ability.STOP, Ability.POWER_OFF, Ability.PAUSE);
  }

  @Override
  public Optional<String> missingFor(Fault fault) {
    return NetworkFaults.missingFor(fault, abilities, latencies);
  }

  @Override
  public boolean wantsRelays() {
    return latencies == LatencyMeans.RELAYS;
  }

  @Override
  public InetAddress address(int machine) {
    return subnet.address(machine);
  }

  @Override
  public String token() {
    return token;
  }

  @Override
  public void prepare(List<MachineSpec> machines, Distances distances, boolean relays) {
    String image = NodeImage.given().orElseGet(() -> NodeImage.build(client, belongings, "run"));
    for (MachineSpec machine : machines) {
      pods.add(
          new Pod(
              names.get(machine.index()),
              subnet.address(machine.index()),
              client,
              belongings,
              subnet.control(),
              tools));
    }
    Ways ways =
        new Ways(distances, pods.stream().map(pod -> pod.address().getHostAddress()).toList());
    faults = new NetworkFaults(pods, new Links(machines), ways, subnet);
    List<String> setUps = machines.stream().map(machine -> setUp(machine, ways, relays)).toList();
    SideBySide.run(
        machines,
        machine -> {
          if (isEnding) {
            throw new CancellationException("the run was interrupted");
          }
          Pod pod = pods.get(machine.index());
          pod.hold(subnet.underTest());
          String setUp = setUps.get(machine.index());
          if (!setUp.isEmpty()) {
            pod.shell(setUp);
          }
          pod.run(image, belongings, token, NODE_MEMORY_BYTES);
        });
  }

  /** What makes a machine's network what it is without faults. */
  private String setUp(MachineSpec machine, Ways ways, boolean relays) {
    String links = Shaping.base(machine, abilities);
    if (latencies == LatencyMeans.NETEM) {
      return (machine.uploadBitsPerSecond() == 0 ? Shaping.noUpload() : "")
          + links
          + ways.layOut(machine.index());
    }
    return relays ? links + Shaping.relays(machine.index(), pods, abilities) : links;
  }

  @Override
  public InetSocketAddress control(int machine) {
    return pods.get(machine).control();
  }

  @Override
  public void start(int machine) {
    Pod pod = pods.get(machine);
    pod.shell(Shaping.CONNECTED);
    Optional<String> next = NodeImage.next();
    if (next.isPresent() && stopped.remove(machine)) {
      pod.discard();
      pod.run(next.get(), belongings, token, NODE_MEMORY_BYTES);
    } else {
      pod.start();
    }
  }

  @Override
  public void kill(int machine) {
    pods.get(machine).kill();
  }

  @Override
  public void stop(int machine) {
    pods.get(machine).stop();
    stopped.add(machine);
  }

  @Override
  public void powerOff(int machine) {
    Pod pod = pods.get(machine);
    pod.shell(Shaping.CUT_OFF);
    pod.kill();
  }

  @Override
  public void pause(int machine) {
    pods.get(machine).pause();
  }

  @Override
  public void resume(int machine) {
    pods.get(machine).resume();
  }

  @Override
  public Optional<MadeFault> make(DrawnFault fault) {
    return faults.make(fault);
  }

  private void sweep() {
    isEnding = true;
    new Sweeper(client).sweepAll(belongings.run());
  }

  @Override
  public void close() {
    if (faults != null) {
      faults.close();
    }
    sweep();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException ending) {
      // The hook does it once more, and finds nothing.
    }
  }
}
