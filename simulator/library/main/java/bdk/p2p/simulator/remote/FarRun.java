package bdk.p2p.simulator.remote;

import bdk.p2p.message.NodeId;
import bdk.p2p.simulator.backend.Distances;
import bdk.p2p.simulator.scenario.NodeGroup;
import bdk.p2p.simulator.scenario.Scenario;
import bdk.p2p.simulator.scenario.ScenarioWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What the machines of one run have in common: its time, its sessions, what agents are told, and
 * whether it has failed. Any thread.
 */
final class FarRun {
  private final Scenario scenario;
  private final String text;
  private final Distances distances;
  private final boolean hasRelays;
  private final FarSessions sessions = new FarSessions();
  private final List<NodeId> addresses = new ArrayList<>();
  private final Map<Integer, Map<Integer, Detour>> detours = new ConcurrentHashMap<>();
  private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
  private volatile long startNanos = Long.MIN_VALUE;

  FarRun(Scenario scenario, Distances distances, boolean hasRelays) {
    this.scenario = scenario;
    this.text = ScenarioWriter.write(scenario);
    this.distances = distances;
    this.hasRelays = hasRelays;
  }

  /** The next machine is there. Before {@link #begin}. */
  void add(NodeId address) {
    sessions.machine(addresses.size(), address);
    addresses.add(address);
  }

  void begin() {
    if (startNanos == Long.MIN_VALUE) {
      startNanos = System.nanoTime();
    }
  }

  /** The time of the run at an instant of this process's clock; 0 before it begins. */
  long timeOf(long nanos) {
    return startNanos == Long.MIN_VALUE ? 0 : nanos - startNanos;
  }

  FarSessions sessions() {
    return sessions;
  }

  /** It cannot go on; the first reason counts. */
  void fail(String who, Exception cause) {
    failure.compareAndSet(null, new IllegalStateException(who + ": " + cause.getMessage(), cause));
  }

  /** Throws if it cannot go on. */
  void check() {
    RuntimeException first = failure.get();
    if (first != null) {
      throw first;
    }
  }

  /** What an agent is told before its node starts. */
  List<ObjectNode> prelude(int machine) {
    List<ObjectNode> commands = new ArrayList<>();
    if (hasRelays) {
      commands.add(Route.write(routes(machine)));
      detours.forEach(
          (fault, byMachine) -> {
            if (byMachine.containsKey(machine)) {
              commands.add(byMachine.get(machine).write(fault));
            }
          });
    }
    return commands;
  }

  private List<Route> routes(int from) {
    List<Route> routes = new ArrayList<>();
    for (int to = 0; to < addresses.size(); to++) {
      if (to != from) {
        routes.add(
            new Route(
                to,
                addresses.get(to).address().getHostAddress(),
                (long) (distances.latencyMillis(from, to) * 1e6),
                (long) (distances.latencyMillis(to, from) * 1e6),
                distances.jitter(),
                distances.bitsPerSecond(from, to),
                distances.bitsPerSecond(to, from)));
      }
    }
    return routes;
  }

  /** A fault that delays begins. */
  void delay(int fault, Map<Integer, Detour> byMachine) {
    detours.put(fault, new LinkedHashMap<>(byMachine));
  }

  /** It is over. */
  void straight(int fault) {
    detours.remove(fault);
  }

  /** What lets an agent load all that a node needs. */
  ObjectNode warming() {
    return ControlLine.saying("do", "warm").put("scenario", text);
  }

  /** What starts a node. */
  ObjectNode startOf(int machine, List<NodeId> known, boolean forgets) {
    ObjectNode command =
        ControlLine.saying("do", "start")
            .put("scenario", text)
            .put("index", machine)
            .put("address", addresses.get(machine).address().getHostAddress())
            .put("forget", forgets);
    ArrayNode seeds = command.putArray("seeds");
    NodeGroup group = AgentNode.groupOf(scenario, machine);
    int index = 0;
    for (NodeGroup other : scenario.groups()) {
      for (String id : other.ids()) {
        if (index != machine && group.hasSeed(other, id)) {
          seeds.add(addresses.get(index).toString());
        }
        index++;
      }
    }
    known.forEach(one -> seeds.add(one.toString()));
    return command;
  }
}
