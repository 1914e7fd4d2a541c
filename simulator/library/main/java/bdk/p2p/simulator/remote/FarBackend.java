package bdk.p2p.simulator.remote;

import bdk.p2p.message.NodeId;
import bdk.p2p.simulator.backend.Backend;
import bdk.p2p.simulator.backend.ConnectionRecord;
import bdk.p2p.simulator.backend.Distances;
import bdk.p2p.simulator.backend.Machine;
import bdk.p2p.simulator.backend.MachineSpec;
import bdk.p2p.simulator.backend.MadeFault;
import bdk.p2p.simulator.fault.Ability;
import bdk.p2p.simulator.fault.Delay;
import bdk.p2p.simulator.fault.DrawnFault;
import bdk.p2p.simulator.fault.Fault;
import bdk.p2p.simulator.fault.RuleBook;
import bdk.p2p.simulator.scenario.Scenario;
import bdk.p2p.simulator.world.Seeds;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/**
 * Nodes in processes of their own, commanded over control connections, in real time. Belongs to the
 * thread that made it, the driver, but for the time. Runs cannot be repeated.
 */
public final class FarBackend implements Backend {
  private static final long LOOK_NANOS = 2_000_000;

  /** How long a machine may take for what it was ordered last. */
  private static final long PATIENCE_NANOS = 120_000_000_000L;

  private final Seeds seeds;
  private final Scenario scenario;
  private final Distances distances;
  private final Fleet fleet;
  private final boolean hasRelays;
  private final FarRun run;
  private final long salt;
  private final RuleBook noRules = new RuleBook();
  private final List<MachineSpec> specs = new ArrayList<>();
  private final List<FarNode> nodes = new ArrayList<>();
  private final Map<String, RandomGenerator> streams = new HashMap<>();
  private int delays;

  /** Closes the fleet with itself. */
  public FarBackend(Scenario scenario, long seed, Distances distances, Fleet fleet) {
    this.seeds = new Seeds(seed);
    this.scenario = scenario;
    this.distances = distances;
    this.fleet = fleet;
    this.hasRelays = fleet.wantsRelays() && isFarAway();
    this.run = new FarRun(scenario, distances, hasRelays);
    this.salt = fleet.isResident() ? new SecureRandom().nextLong() : 0;
  }

  /** True if anything takes time on the way, always or by a fault. */
  private boolean isFarAway() {
    boolean isDelayed =
        scenario.faults().stream().anyMatch(entry -> entry.fault() instanceof Delay);
    int count = scenario.nodeCount();
    for (int from = 0; from < count && !isDelayed; from++) {
      for (int to = 0; to < count; to++) {
        if (from != to
            && (distances.latencyMillis(from, to) > 0 || distances.bitsPerSecond(from, to) > 0)) {
          return true;
        }
      }
    }
    return isDelayed;
  }

  @Override
  public String name() {
    return fleet.name();
  }

  @Override
  public Set<Ability> abilities() {
    return fleet.abilities();
  }

  @Override
  public Optional<String> missingFor(Fault fault) {
    return fault.needs().contains(Ability.RULES)
        ? fleet.missingFor(fault)
        : Backend.super.missingFor(fault);
  }

  @Override
  public Optional<MadeFault> make(DrawnFault fault) {
    if (hasRelays && fault.fault() instanceof Delay delay) {
      return Optional.of(RelayDelay.begin(delays++, delay, fault.victims(), nodes, run));
    }
    return fleet.make(fault);
  }

  @Override
  public Machine machine(MachineSpec spec) {
    if (spec.index() != nodes.size()) {
      throw new IllegalArgumentException(
          "machine " + spec.index() + " is made as number " + nodes.size());
    }
    FarNode node = new FarNode(spec.index(), fleet, run);
    specs.add(spec);
    nodes.add(node);
    run.add(new NodeId(fleet.address(spec.index()), ControlPorts.NODE));
    return node;
  }

  @Override
  public void prepare() {
    fleet.prepare(specs, distances, hasRelays);
    List<CompletableFuture<Void>> reached = nodes.stream().map(FarNode::reach).toList();
    try {
      CompletableFuture.allOf(reached.toArray(CompletableFuture[]::new)).join();
    } catch (CompletionException failure) {
      throw new IllegalStateException(failure.getCause().getMessage(), failure.getCause());
    }
    run.begin();
  }

  @Override
  public long nowNanos() {
    return run.timeOf(System.nanoTime());
  }

  @Override
  public void runUntil(long nanos, Runnable idle) {
    for (long left = nanos - nowNanos(); left > 0; left = nanos - nowNanos()) {
      run.check();
      idle.run();
      LockSupport.parkNanos(Math.min(left, LOOK_NANOS));
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("the run was interrupted");
      }
    }
  }

  @Override
  public long ordersDoneNanos(Runnable idle) {
    long patience = nowNanos() + PATIENCE_NANOS;
    while (nodes.stream().anyMatch(FarNode::hasOrders)) {
      if (nowNanos() > patience) {
        throw new IllegalStateException(
            "after %d s not yet done what was ordered of %s"
                .formatted(
                    PATIENCE_NANOS / 1_000_000_000,
                    nodes.stream().filter(FarNode::hasOrders).map(FarNode::name).toList()));
      }
      runUntil(nowNanos() + LOOK_NANOS, idle);
    }
    return nodes.stream().mapToLong(FarNode::ordersDoneNanos).max().orElse(0);
  }

  @Override
  public RandomGenerator random(String purpose) {
    return streams.computeIfAbsent(purpose, name -> new SplittableRandom(seed(name)));
  }

  @Override
  public long seed(String purpose) {
    return seeds.ofPurpose(purpose);
  }

  /** Nodes that live on remember the broadcasts of earlier runs. */
  @Override
  public long salt() {
    return salt;
  }

  /** Nobody asks them. */
  @Override
  public RuleBook rules() {
    return noRules;
  }

  @Override
  public List<ConnectionRecord> connections() {
    return run.sessions().all(nowNanos());
  }

  @Override
  public int openConnections() {
    return run.sessions().openCount();
  }

  @Override
  public String digest() {
    return "";
  }

  /** Not counted. */
  @Override
  public long events() {
    return 0;
  }

  @Override
  public void close() {
    nodes.forEach(FarNode::end);
    fleet.close();
  }
}
