package bdk.p2p.simulator.backend;

import bdk.p2p.environment.Environment;
import bdk.p2p.simulator.fault.Ability;
import bdk.p2p.simulator.fault.RuleBook;
import bdk.p2p.simulator.trace.TraceSink;
import bdk.p2p.simulator.world.Connection;
import bdk.p2p.simulator.world.ConnectionEnd;
import bdk.p2p.simulator.world.Host;
import bdk.p2p.simulator.world.Latency;
import bdk.p2p.simulator.world.NetworkObserver;
import bdk.p2p.simulator.world.PairLimit;
import bdk.p2p.simulator.world.World;
import bdk.p2p.simulator.world.WorldOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** A virtual world: everything in one thread, in no real time, the same for the same seed. */
public final class VirtualBackend implements Backend {
  /** Longer than a sender goes on repeating what nobody answers. */
  private static final Duration LAST_REPETITION = Duration.ofSeconds(1_000);

  private final ThreadWatch threads = new ThreadWatch();
  private final World world;
  private final ConnectionLog connections = new ConnectionLog();

  /** Makes an empty world. */
  public VirtualBackend(long seed, Distances distances) {
    HostDistances between = new HostDistances(distances);
    world = new World(seed, WorldOptions.defaults().withLatency(between).withPairLimit(between));
    world.observe(new Watch());
  }

  /** The world itself. */
  public World world() {
    return world;
  }

  @Override
  public String name() {
    return "virtual";
  }

  @Override
  public Set<Ability> abilities() {
    return EnumSet.complementOf(EnumSet.of(Ability.PAUSE));
  }

  @Override
  public Machine machine(MachineSpec spec) {
    Host host =
        world.host(address(spec.index()), spec.uploadBitsPerSecond(), spec.downloadBitsPerSecond());
    if (host.index() != spec.index()) {
      throw new IllegalArgumentException(
          "machine " + spec.index() + " is made as number " + host.index());
    }
    return new VirtualMachine(host);
  }

  /**
   * 10.1.0.1, 10.2.0.1 and on: up to the 65,535th each in a /24 of its own, since nodes count what
   * comes from one network, and the hosts of a scenario are strangers to each other.
   */
  private static InetAddress address(int index) {
    int number = index + 1;
    try {
      return InetAddress.getByAddress(
          new byte[] {10, (byte) number, (byte) (number >> 8), (byte) (1 + (number >> 16))});
    } catch (UnknownHostException cause) {
      throw new IllegalStateException("four bytes are an address", cause);
    }
  }

  /**
   * In virtual time nothing takes time: some room for what the network does that no bound knows.
   */
  @Override
  public Duration computing() {
    return Duration.ofMillis(250);
  }

  @Override
  public long nowNanos() {
    return world.now();
  }

  @Override
  public void runUntil(long nanos, Runnable idle) {
    world.runUntil(Math.max(world.now(), nanos));
  }

  @Override
  public RandomGenerator random(String purpose) {
    return world.random(purpose);
  }

  @Override
  public long seed(String purpose) {
    return world.seed(purpose);
  }

  @Override
  public RuleBook rules() {
    return world.rules();
  }

  @Override
  public List<ConnectionRecord> connections() {
    return connections.sessions(world.now());
  }

  @Override
  public int openConnections() {
    return connections.openCount();
  }

  @Override
  public String digest() {
    return world.digest();
  }

  @Override
  public void traceTo(TraceSink sink) {
    world.traceTo(sink);
  }

  @Override
  public long events() {
    return world.eventCount();
  }

  @Override
  public Optional<Leftovers> leftoversAfter(List<Runnable> closings) {
    world.closeSideBySide(() -> closings.forEach(Runnable::run));
    world.run(LAST_REPETITION);
    return Optional.of(
        new Leftovers(
            world.openChannels(),
            world.connectionCount(),
            world.pendingTimers(),
            world.plannedCount(),
            world.unreleasedBytes(),
            threads.left()));
  }

  @Override
  public void close() {
    threads.close();
    world.close();
  }

  /** Feeds the log. */
  private final class Watch implements NetworkObserver {
    @Override
    public void connectionOpened(Connection connection, ConnectionEnd end, long nanos) {
      connections.opened(
          connection.id(),
          connection.host(ConnectionEnd.DIALLER).index(),
          connection.host(ConnectionEnd.ACCEPTOR).index(),
          nanos);
    }

    @Override
    public void connectionClosed(Connection connection, ConnectionEnd end, long nanos) {
      connections.closed(connection.id(), nanos);
    }

    @Override
    public void bytesDelivered(
        Connection connection, ConnectionEnd receiver, int byteCount, long nanos) {
      connections.delivered(connection.id(), receiver == ConnectionEnd.DIALLER);
    }
  }

  private record VirtualMachine(Host host) implements Machine {
    @Override
    public void name(String name) {
      host.name(name);
    }

    @Override
    public InetAddress address() {
      return host.address();
    }

    @Override
    public Environment environment() {
      return host.environment();
    }

    @Override
    public void powerOff() {
      host.crash();
    }

    @Override
    public void powerOn() {
      host.restart();
    }

    @Override
    public void kill() {
      host.kill();
    }

    @Override
    public void forget() {
      host.storage().clear();
    }

    @Override
    public void skewClock(Duration offset) {
      host.skewClock(offset);
    }
  }

  /** Distances as the world asks for them. */
  private record HostDistances(Distances distances) implements Latency, PairLimit {
    @Override
    public long minimumNanos(Host from, Host to) {
      return (long) (distances.latencyMillis(from.index(), to.index()) * 1e6);
    }

    @Override
    public long jitterNanos(Host from, Host to, RandomGenerator random) {
      long most = (long) (minimumNanos(from, to) * distances.jitter());
      return most == 0 ? 0 : random.nextLong(most + 1);
    }

    @Override
    public long bitsPerSecond(Host from, Host to) {
      return distances.bitsPerSecond(from.index(), to.index());
    }
  }
}
