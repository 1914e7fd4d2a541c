package bdk.p2p.simulator.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A run over machines of their own, here threads without any network between them, of which one
 * takes long to start again.
 */
@Timeout(120)
class SlowFleetTest {
  private static final Duration START_TAKES = Duration.ofSeconds(8);

  private static final String SCENARIO =
      """
      name: slow-start
      description: One of three dies and takes longer to return than the run is planned to last.
      regions: {table: bitcoin-2019, jitter: 0.1}
      nodes:
        - {name: discovery, type: discovery, count: 1, region: EUROPE, maxPeers: 10}
        - {name: node, type: normal, count: 3, region: EUROPE, minPeers: 2, maxPeers: 4, options: {discoveryInterval: 200ms, infoInterval: 500ms}}
      warmUp: 2s
      duration: 2s
      coolDown: 4s
      workload:
        broadcasts: [{name: transactions, command: 5, bytes: 100, every: 200ms}]
      faults:
        - {kind: kill, ids: [node-2], after: 1s, lasting: 500ms, persisted: true}
      claims: {deliveredWithin: 6s, duplicatesPerDelivery: 10, sometimes: [fault-bit], without: [nothing-too-early]}
      """;

  /** Agents as threads of this process. */
  private static final class Threads implements Fleet, BackendProvider {
    private final FreeBlock block = new FreeBlock();
    private final Map<Integer, Agent> agents = new ConcurrentHashMap<>();

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
      return "threads";
    }

    @Override
    public Set<Ability> abilities() {
      return EnumSet.of(Ability.KILL);
    }

    @Override
    public Optional<String> missingFor(Fault fault) {
      return Optional.of("it has no network of its own");
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
    public String token() {
      return "threads";
    }

    @Override
    public void prepare(List<MachineSpec> machines, Distances distances, boolean relays) {
      machines.forEach(machine -> begin(machine.index()));
    }

    private void begin(int machine) {
      try {
        Agent agent =
            new Agent(
                new AgentOptions(control(machine), token(), Optional.empty(), Optional.empty()));
        agents.put(machine, agent);
        Thread thread = new Thread(agent::run, "agent-" + machine);
        thread.setDaemon(true);
        thread.start();
      } catch (IOException cause) {
        throw new java.io.UncheckedIOException(cause);
      }
    }

    @Override
    public InetSocketAddress control(int machine) {
      return new InetSocketAddress(address(machine), ControlPorts.CONTROL);
    }

    @Override
    public void start(int machine) {
      LockSupport.parkNanos(START_TAKES.toNanos());
      begin(machine);
    }

    @Override
    public void kill(int machine) {
      agents.remove(machine).close();
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

    @Override
    public void close() {
      agents.values().forEach(Agent::close);
      block.close();
    }
  }

  /**
   * The planned end is after 8 s; the process is there 11.5 s after the beginning, at the least.
   */
  @Test
  void whoStartsLateHasTheWholeCoolDown() {
    Scenario scenario =
        ScenarioFile.parse("slow.yaml", SCENARIO).withBackend(BackendKind.CONTAINERS);
    ClaimBoard claims = new ClaimBoard(Claim.of(scenario));
    RunRecord run =
        new ScenarioRunner(scenario, RunOptions.seeded(1).withProvider(new Threads()), claims)
            .run();
    List<ClaimResult> broken =
        claims.conclude(run).stream().filter(claim -> !claim.held()).toList();
    assertEquals(List.of(), broken);
    assertTrue(run.virtualNanos() >= 15_500_000_000L, () -> run.virtualNanos() + " ns");
    assertTrue(
        run.samples().get(run.samples().size() - 1).nanos() > 14_000_000_000L,
        "looked at once a second to the end");
  }
}
