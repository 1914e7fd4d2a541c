package bdk.p2p.simulator.backend;

import bdk.p2p.simulator.fault.Ability;
import bdk.p2p.simulator.fault.RuleBook;
import bdk.p2p.simulator.world.Seeds;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/**
 * Real sockets of this machine, in real time: each simulated machine has a loopback address of its
 * own, the kernel carries the bytes, and what lies between the machines is made where they are
 * read. Runs cannot be repeated.
 */
public final class LoopbackBackend implements Backend {
  /** The driver comes by at least as often while it waits. */
  private static final long LOOK_NANOS = 5_000_000;

  private final Seeds seeds;
  private final LoopbackNetwork network;
  private final LoopbackAddresses addresses;
  private final List<LoopbackMachine> machines = new ArrayList<>();
  private final Map<String, RandomGenerator> streams = new HashMap<>();

  /**
   * Takes a block of addresses. Its time begins when the first socket listens, or the driver waits.
   *
   * @throws bdk.p2p.simulator.scenario.ScenarioException if there is none to be had
   */
  public LoopbackBackend(long seed, Distances distances) {
    this.seeds = new Seeds(seed);
    this.addresses = LoopbackAddresses.take((int) ProcessHandle.current().pid());
    this.network = new LoopbackNetwork("bdk-sim-" + addresses.prefix(), seeds, distances);
  }

  @Override
  public String name() {
    return "loopback";
  }

  @Override
  public Set<Ability> abilities() {
    return EnumSet.complementOf(EnumSet.of(Ability.POWER_OFF, Ability.PAUSE));
  }

  @Override
  public Machine machine(MachineSpec spec) {
    if (spec.index() != machines.size()) {
      throw new IllegalArgumentException(
          "machine " + spec.index() + " is made as number " + machines.size());
    }
    LoopbackMachine machine = new LoopbackMachine(network, addresses.address(spec.index()), spec);
    network.add(machine);
    machines.add(machine);
    return machine;
  }

  @Override
  public long nowNanos() {
    return network.nowNanos();
  }

  @Override
  public void runUntil(long nanos, Runnable idle) {
    for (long left = nanos - nowNanos(); left > 0; left = nanos - nowNanos()) {
      network.beginTime();
      idle.run();
      LockSupport.parkNanos(Math.min(left, LOOK_NANOS));
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("the run was interrupted");
      }
    }
  }

  @Override
  public RandomGenerator random(String purpose) {
    return streams.computeIfAbsent(purpose, name -> new SplittableRandom(seed(name)));
  }

  @Override
  public long seed(String purpose) {
    return seeds.ofPurpose(purpose);
  }

  @Override
  public RuleBook rules() {
    return network.rules();
  }

  @Override
  public List<ConnectionRecord> connections() {
    return network.log().sessions(nowNanos());
  }

  @Override
  public int openConnections() {
    return network.log().openCount();
  }

  @Override
  public String digest() {
    return "";
  }

  @Override
  public long events() {
    return network.events();
  }

  @Override
  public Optional<Leftovers> leftoversAfter(List<Runnable> closings) {
    return Optional.of(new LoopbackEnding(network, machines).leftoversAfter(closings));
  }

  /** Kills every process, all at once, and gives the addresses back. */
  @Override
  public void close() {
    machines.forEach(LoopbackMachine::beginKill);
    machines.forEach(LoopbackMachine::kill);
    addresses.close();
  }
}
