package bdk.p2p.simulator.backend;

import bdk.p2p.simulator.fault.RuleBook;
import bdk.p2p.simulator.world.Seeds;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;

/**
 * What the machines of one run have in common: who has which address, the roads between them, the
 * rules, the connections, and the time. Any thread.
 */
final class LoopbackNetwork {
  /** The two sockets of a connection, by which each end knows what the other knows. */
  private record Ends(SocketAddress dialler, SocketAddress acceptor) {}

  private final ThreadGroup threads;
  private final CompletableFuture<Long> startNanos = new CompletableFuture<>();
  private final Seeds seeds;
  private final Distances distances;
  private final Road foreign = Road.foreign();
  private final RuleBook rules = new RuleBook();
  private final ConnectionLog log = new ConnectionLog();
  private final UnpooledByteBufAllocator buffers = new UnpooledByteBufAllocator(false);
  private final LongAdder events = new LongAdder();
  private final AtomicLong connectionsEver = new AtomicLong();
  private final Map<InetAddress, LoopbackMachine> machines = new ConcurrentHashMap<>();
  private final Map<Long, Road> roads = new ConcurrentHashMap<>();
  // As many as there are sockets that were dialled and are not closed at both ends.
  private final Map<Ends, Long> dialled = new ConcurrentHashMap<>();

  // Accepted ends: one a connection.
  private final Set<Gate> open = ConcurrentHashMap.newKeySet();

  private volatile boolean isCounted;

  /**
   * A network without machines.
   *
   * @param name of its group of threads
   */
  LoopbackNetwork(String name, Seeds seeds, Distances distances) {
    this.threads = new ThreadGroup(name);
    this.seeds = seeds;
    this.distances = distances;
    rules.cutter(this::cut);
  }

  void add(LoopbackMachine machine) {
    machines.put(machine.address(), machine);
  }

  /**
   * Time since the beginning of the run; 0 before that.
   *
   * @see #beginTime
   */
  long nowNanos() {
    long now = System.nanoTime();
    return now - startNanos.getNow(now);
  }

  /**
   * Time begins, if it has not: when the first socket listens, or the driver waits. What it takes
   * to load all that the first node needs, seconds on a busy machine, is none of the run's time.
   */
  void beginTime() {
    startNanos.complete(System.nanoTime());
  }

  /** Where all threads of the run belong, those that they start included. */
  ThreadGroup threads() {
    return threads;
  }

  RuleBook rules() {
    return rules;
  }

  ConnectionLog log() {
    return log;
  }

  /** What channels and nodes of this run take their buffers from, and no others. */
  ByteBufAllocator buffers() {
    return buffers;
  }

  /** Bytes of buffers that these took and nobody has released. */
  long unreleasedBytes() {
    return buffers.metric().usedHeapMemory() + buffers.metric().usedDirectMemory();
  }

  /** From now on what a process has when its node closes it stays, to be counted. */
  void beginCounting() {
    isCounted = true;
  }

  /** True if what is left behind stays. */
  boolean isCounted() {
    return isCounted;
  }

  /** Something has happened. */
  void count() {
    events.increment();
  }

  long events() {
    return events.sum();
  }

  /** The machine of an address; null if it is none of the run's. */
  LoopbackMachine machineOf(SocketAddress address) {
    return address instanceof InetSocketAddress inet && inet.getAddress() != null
        ? machines.get(inet.getAddress())
        : null;
  }

  /** The way between two machines, either of which may be null. */
  Road road(LoopbackMachine from, LoopbackMachine to) {
    if (from == null || to == null) {
      return foreign;
    }
    long key = (long) from.index() << 32 | to.index();
    Road known = roads.get(key);
    return known != null
        ? known
        : roads.computeIfAbsent(key, unknown -> new Road(from, to, rules, distances));
  }

  /** A dial begins from a bound socket: the number of its connection. */
  long onDialled(SocketAddress from, SocketAddress to) {
    long connection = connectionsEver.incrementAndGet();
    dialled.put(new Ends(from, to), connection);
    return connection;
  }

  /** The number of an accepted connection; -1 if nobody of the run has dialled it. */
  long accepted(SocketAddress dialler, SocketAddress acceptor) {
    return dialled.getOrDefault(new Ends(dialler, acceptor), -1L);
  }

  /** Nobody will ask for the number any more; it may be that another has taken its sockets. */
  void forget(SocketAddress dialler, SocketAddress acceptor, long connection) {
    dialled.remove(new Ends(dialler, acceptor), connection);
  }

  /** An accepted end is open. */
  void onOpen(Gate acceptor) {
    open.add(acceptor);
  }

  /** An accepted end is closed. */
  void onClosed(Gate acceptor) {
    open.remove(acceptor);
  }

  /** Resets connections at both ends, in the order in which they were dialled. */
  private int cut(RuleBook.EndsFilter ends) {
    List<Gate> struck =
        open.stream()
            .filter(gate -> ends.matches(gate.peerIndex(), gate.ownIndex()))
            .sorted(Comparator.comparingLong(Gate::connection))
            .toList();
    struck.forEach(Gate::cut);
    return struck.size();
  }

  /** Jitter for one end of a connection; for one thread. */
  RandomGenerator jitter(long connection, boolean isDialler) {
    return new SplittableRandom(seeds.ofPurpose("jitter/" + connection + "/" + isDialler));
  }
}
