package bdk.p2p.simulator.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;

import bdk.p2p.message.NodeId;
import bdk.p2p.simulator.backend.Backend;
import bdk.p2p.simulator.backend.Distances;
import bdk.p2p.simulator.backend.FreeBlock;
import bdk.p2p.simulator.backend.MachineSpec;
import bdk.p2p.simulator.backend.MadeFault;
import bdk.p2p.simulator.fault.Ability;
import bdk.p2p.simulator.fault.DrawnFault;
import bdk.p2p.simulator.fault.Fault;
import bdk.p2p.simulator.oracle.Claim;
import bdk.p2p.simulator.oracle.ClaimBoard;
import bdk.p2p.simulator.oracle.ClaimResult;
import bdk.p2p.simulator.run.BackendProvider;
import bdk.p2p.simulator.run.RunOptions;
import bdk.p2p.simulator.run.RunRecord;
import bdk.p2p.simulator.run.ScenarioRunner;
import bdk.p2p.simulator.scenario.BackendKind;
import bdk.p2p.simulator.scenario.Scenario;
import bdk.p2p.simulator.scenario.ScenarioFile;
import bdk.p2p.simulator.scenario.ScenarioWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two runs, one after the other, over nodes that outlive them. */
@Timeout(120)
class AttachedTwiceTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static final String SCENARIO =
      """
      name: twice
      description: Two nodes that somebody else has started.
      regions: {table: bitcoin-2019, jitter: 0.1}
      nodes:
        - {name: discovery, type: discovery, count: 1, region: EUROPE, maxPeers: 10}
        - {name: node, type: normal, count: 2, region: EUROPE, minPeers: 1, maxPeers: 4, options: {discoveryInterval: 200ms, infoInterval: 500ms}}
      warmUp: 2s
      duration: 1s
      coolDown: 6s
      workload:
        broadcasts: [{name: transactions, command: 5, bytes: 16, every: 100ms}]
      claims: {deliveredWithin: 5s, duplicatesPerDelivery: 10, without: [nothing-too-early]}
      """;

  /** Agents as threads of this process, with nodes that stay up. */
  private static final class Residents implements Fleet, BackendProvider {
    private final FreeBlock block = new FreeBlock();
    private final List<Agent> agents = new ArrayList<>();

    /** Starts them as somebody else does. */
    void begin(Scenario scenario) throws IOException {
      for (int index = 0; index < scenario.nodeCount(); index++) {
        InetSocketAddress control = control(index);
        Agent agent =
            new Agent(new AgentOptions(control, token(), Optional.empty(), Optional.empty()));
        agents.add(agent);
        Thread thread = new Thread(agent::run, "agent-" + index);
        thread.setDaemon(true);
        thread.start();
        try (AgentLink link = AgentLink.reach(() -> control, token(), LIMIT)) {
          link.send(startOf(scenario, index));
          link.await("up");
        }
      }
    }

    /** All dial the first. */
    private ObjectNode startOf(Scenario scenario, int index) {
      ObjectNode start =
          ControlLine.saying("do", "start")
              .put("scenario", ScenarioWriter.write(scenario))
              .put("index", index)
              .put("address", address(index).getHostAddress());
      ArrayNode seeds = start.putArray("seeds");
      if (index > 0) {
        seeds.add(new NodeId(address(0), ControlPorts.NODE).toString());
      }
      return start;
    }

    @Override
    public BackendKind kind() {
      return BackendKind.CONTAINERS;
    }

    @Override
    public Backend open(Scenario scenario, long seed, Distances distances) {
      return new FarBackend(scenario, seed, distances, this);
    }

    @Override
    public String name() {
      return "residents";
    }

    @Override
    public Set<Ability> abilities() {
      return Set.of();
    }

    @Override
    public Optional<String> missingFor(Fault fault) {
      return Optional.of("they are somebody else's");
    }

    @Override
    public boolean wantsRelays() {
      return false;
    }

    @Override
    public InetAddress address(int machine) {
      return block.address(machine);
    }

    @Override
    public boolean isResident() {
      return true;
    }

    @Override
    public String token() {
      return "residents";
    }

    @Override
    public void prepare(List<MachineSpec> machines, Distances distances, boolean relays) {}

    @Override
    public InetSocketAddress control(int machine) {
      return new InetSocketAddress(address(machine), ControlPorts.CONTROL);
    }

    @Override
    public void start(int machine) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void kill(int machine) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void stop(int machine) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void powerOff(int machine) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void pause(int machine) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void resume(int machine) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<MadeFault> make(DrawnFault fault) {
      return Optional.empty();
    }

    /** They stay as they are. */
    @Override
    public void close() {}

    /** Whoever has started them stops them. */
    void end() {
      agents.forEach(Agent::close);
      block.close();
    }
  }

  private static List<ClaimResult> broken(Scenario scenario, BackendProvider provider) {
    ClaimBoard claims = new ClaimBoard(Claim.of(scenario));
    RunRecord run =
        new ScenarioRunner(scenario, RunOptions.seeded(1).withProvider(provider), claims).run();
    return claims.conclude(run).stream().filter(claim -> !claim.held()).toList();
  }

  @Test
  void secondRunWithTheSameSeedIsNoEchoOfTheFirst() throws Exception {
    Scenario scenario =
        ScenarioFile.parse("twice.yaml", SCENARIO).withBackend(BackendKind.CONTAINERS);
    Residents residents = new Residents();
    try {
      residents.begin(scenario);
      assertEquals(List.of(), broken(scenario, residents), "the first");
      assertEquals(List.of(), broken(scenario, residents), "the second");
    } finally {
      residents.end();
    }
  }
}
