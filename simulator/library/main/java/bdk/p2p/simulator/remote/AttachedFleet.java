package bdk.p2p.simulator.remote;

import bdk.p2p.message.NodeId;
import bdk.p2p.simulator.backend.Distances;
import bdk.p2p.simulator.backend.MachineSpec;
import bdk.p2p.simulator.backend.MadeFault;
import bdk.p2p.simulator.fault.Ability;
import bdk.p2p.simulator.fault.DrawnFault;
import bdk.p2p.simulator.fault.Fault;
import bdk.p2p.simulator.scenario.Scenario;
import bdk.p2p.simulator.scenario.ScenarioException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Machines that somebody else has started, whose nodes are up by themselves: they are given work
 * and listened to, and stay as they are. The agent of the node with index i listens on the first
 * port + i of one of the hosts. Immutable.
 */
public final class AttachedFleet implements Fleet {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final String NOT_OURS = "attached nodes are somebody else's";

  /** An agent, and where its node is. */
  private record Found(InetSocketAddress control, InetAddress address) {}

  private final String token;
  private final List<Found> found;

  private AttachedFleet(String token, List<Found> found) {
    this.token = token;
    this.found = found;
  }

  /**
   * Finds the agents of all nodes of a scenario.
   *
   * @throws ScenarioException naming the first node that is not found
   */
  public static AttachedFleet find(
      Scenario scenario, List<String> hosts, int firstPort, String token) {
    List<Found> found = new ArrayList<>();
    for (int index = 0; index < scenario.nodeCount(); index++) {
      found.add(find(index, hosts, firstPort + index, token));
    }
    return new AttachedFleet(token, found);
  }

  private static Found find(int index, List<String> hosts, int port, String token) {
    String last = "there is no host";
    for (String host : hosts) {
      InetSocketAddress control = new InetSocketAddress(host, port);
      try (AgentLink link = AgentLink.reach(() -> control, token, LIMIT)) {
        JsonNode ready = link.ready();
        if (ready.path("node").asInt(-1) == index && ready.has("address")) {
          return new Found(control, NodeId.parse(ready.path("address").asText()).address());
        }
        last = "the agent at " + control + " has another node";
      } catch (IOException notThere) {
        last = notThere.getMessage();
      }
    }
    throw new ScenarioException("node number " + (index + 1) + " is not found: " + last);
  }

  @Override
  public String name() {
    return "attached";
  }

  @Override
  public Set<Ability> abilities() {
    return Set.of();
  }

  @Override
  public Optional<String> missingFor(Fault fault) {
    return Optional.of(NOT_OURS);
  }

  @Override
  public boolean wantsRelays() {
    return false;
  }

  @Override
  public InetAddress address(int machine) {
    return found.get(machine).address();
  }

  @Override
  public boolean isResident() {
    return true;
  }

  @Override
  public String token() {
    return token;
  }

  @Override
  public void prepare(List<MachineSpec> machines, Distances distances, boolean relays) {}

  @Override
  public InetSocketAddress control(int machine) {
    return found.get(machine).control();
  }

  @Override
  public void start(int machine) {
    throw new UnsupportedOperationException(NOT_OURS);
  }

  @Override
  public void kill(int machine) {
    throw new UnsupportedOperationException(NOT_OURS);
  }

  @Override
  public void stop(int machine) {
    throw new UnsupportedOperationException(NOT_OURS);
  }

  @Override
  public void powerOff(int machine) {
    throw new UnsupportedOperationException(NOT_OURS);
  }

  @Override
  public void pause(int machine) {
    throw new UnsupportedOperationException(NOT_OURS);
  }

  @Override
  public void resume(int machine) {
    throw new UnsupportedOperationException(NOT_OURS);
  }

  @Override
  public Optional<MadeFault> make(DrawnFault fault) {
    return Optional.empty();
  }

  /** They stay as they are. */
  @Override
  public void close() {}
}
