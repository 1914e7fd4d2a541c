package bdk.p2p.simulator.world;

import bdk.p2p.simulator.fault.RuleBook;
import bdk.p2p.simulator.trace.TraceSink;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelId;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * A world in virtual time: hosts, the network between them, and one agenda of all that is to
 * happen. Nothing happens until somebody drives it ({@link #run}, {@link #runUntil}, {@link #step},
 * or a node's wait), and then without any real delay.
 *
 * <p>Belongs to the thread that made it; any other that touches it gets an {@code
 * IllegalStateException}. Two worlds with the same seed, options and calls go the same way, to the
 * bit.
 */
public final class World implements AutoCloseable {
  private final Timeline timeline;
  private final Life life = new Life("the world");
  private final Names names = new Names();
  private final Map<String, RandomGenerator> streams = new HashMap<>();
  private final Map<Class<?>, Object> commons = new HashMap<>();
  private final List<Host> hosts = new ArrayList<>();
  private final RuleBook rules = new RuleBook();
  private final Seeds seeds;
  private final Instant epoch;
  private final Clock clock;
  private final Network network;
  // Of this world alone, and exact to the byte, because nothing is pooled.
  private final UnpooledByteBufAllocator buffers = new UnpooledByteBufAllocator(false);
  private boolean closesSideBySide;
  private Watchdog watchdog = Watchdog.NONE;
  private long channelsEver;

  public World(long seed) {
    this(seed, WorldOptions.defaults());
  }

  public World(long seed, WorldOptions options) {
    this.timeline = new Timeline(seed);
    this.seeds = new Seeds(seed);
    this.epoch = options.epoch();
    this.clock = clock(() -> Duration.ZERO);
    this.network = new Network(this, options);
  }

  /** Makes a host with unlimited links. */
  public Host host(InetAddress address) {
    return host(address, 0, 0);
  }

  /**
   * Makes a host.
   *
   * @param uploadBits its upload in bits per second; 0 means unlimited
   * @param downloadBits its download in bits per second; 0 means unlimited
   * @throws IllegalArgumentException if there is a host with this address
   */
  public Host host(InetAddress address, long uploadBits, long downloadBits) {
    timeline.assertDriver();
    Host host = new Host(this, hosts.size(), address, uploadBits, downloadBits);
    network.add(host);
    hosts.add(host);
    return host;
  }

  /** Gives a name to addresses, for the nodes that look it up; no address takes the name away. */
  public void name(String name, InetAddress... addresses) {
    timeline.assertDriver();
    names.register(name, List.of(addresses));
  }

  /** Tells somebody about the network from now on. */
  public void observe(NetworkObserver observer) {
    timeline.assertDriver();
    network.observe(observer);
  }

  /** Tells somebody of every event that the digest takes in from now on. */
  public void traceTo(TraceSink sink) {
    timeline.assertDriver();
    network.trace().tell(sink);
  }

  /** Virtual time in nanoseconds; starts at 1. */
  public long now() {
    return timeline.now();
  }

  /** The wall clock of the world. */
  public Clock clock() {
    return clock;
  }

  /**
   * The stream of randomness of one purpose, the same object at every call. It depends on the
   * world's seed and the purpose's name only.
   */
  public RandomGenerator random(String purpose) {
    timeline.assertDriver();
    return streams.computeIfAbsent(purpose, name -> new SplittableRandom(seeds.ofPurpose(name)));
  }

  /**
   * Runs an action at an instant, outside every event loop and every node.
   *
   * @throws IllegalArgumentException if the instant has passed
   */
  public void at(long nanos, Runnable action) {
    if (nanos < timeline.now()) {
      throw new IllegalArgumentException("%d ns has passed: it is %d".formatted(nanos, now()));
    }
    timeline.at(nanos, life, action);
  }

  /**
   * Runs the next thing that is due by the limit.
   *
   * @return false if there is none; time then stays where it is
   * @throws WorldFailure if it threw; the world can go on
   * @throws IllegalStateException if called by something that the world is running
   */
  public boolean step(long limitNanos) {
    return timeline.step(limitNanos);
  }

  /** Runs everything that is due by an instant, which is then the current one. */
  public void runUntil(long nanos) {
    timeline.runUntil(nanos);
  }

  /** Lets a span of virtual time pass. */
  public void run(Duration span) {
    timeline.runUntil(timeline.after(span.toNanos()));
  }

  /**
   * Runs an action at an instant, or now if it has passed, between the events of the world: it may
   * drive the world, start nodes and stop them.
   *
   * @return takes it back
   */
  public Runnable outsideAt(long nanos, Runnable action) {
    return timeline.outsideAt(nanos, life, action)::cancel;
  }

  /**
   * Runs while something is unfinished, which is looked at after each event, but not past an
   * instant.
   *
   * @return true if it has finished; if not, time has moved to the limit
   */
  public boolean runWhile(BooleanSupplier unfinished, long limitNanos) {
    return timeline.runWhile(unfinished, limitNanos);
  }

  /**
   * Runs until a stage is complete.
   *
   * @return its value
   * @throws TimeoutException if it is not complete after so much time
   * @throws java.util.concurrent.CompletionException with its failure as the cause
   */
  public <T> T await(CompletionStage<T> stage, Duration limit) throws TimeoutException {
    timeline.assertMayDrive("wait");
    return new AwaitedStage<>(stage).await(timeline, limit);
  }

  /** Does this after each event from now on, between the events. */
  public void afterEach(Runnable action) {
    timeline.assertDriver();
    timeline.afterEach(action);
  }

  /**
   * From now on the run fails if code that the world runs does what it must not, even if that code
   * catches what it is told, or blocks its thread for so long of real time.
   *
   * @param stuck hears, on another thread, that the thread is blocked and cannot be interrupted
   */
  public void beStrict(Duration blocked, Consumer<? super AssertionError> stuck) {
    timeline.assertDriver();
    timeline.offences().beStrict();
    watchdog = new Watchdog(timeline, blocked, stuck::accept).start();
  }

  /** Lets the run fail when what the world runs now is done. */
  public void fail(Throwable cause) {
    timeline.assertDriver();
    timeline.offences().note(cause);
  }

  /**
   * The caller is about to do what only code outside the world may do.
   *
   * @throws IllegalStateException if it is code that the world runs, or another thread
   */
  public void assertOutside(String what) {
    timeline.assertMayDrive(what);
  }

  /** A digest, in hex, of all that has happened on the network: equal for equal runs. */
  public String digest() {
    timeline.assertDriver();
    return network.trace().hex();
  }

  /** How many events the digest has taken in. */
  public long eventCount() {
    return network.trace().events();
  }

  /**
   * Runs an action that closes many node processes, in no time: none waits until its network has
   * closed, and what they leave behind stays to be counted.
   */
  public void closeSideBySide(Runnable action) {
    timeline.assertMayDrive("close processes");
    closesSideBySide = true;
    try {
      action.run();
    } finally {
      closesSideBySide = false;
    }
  }

  /** Channels that processes have open, listening ones included. */
  public int openChannels() {
    return hosts.stream().mapToInt(Host::openChannels).sum();
  }

  /** Timers that processes have, of their schedulers and of their loops; a loop counts once. */
  public int pendingTimers() {
    return hosts.stream().mapToInt(Host::pendingTimers).sum();
  }

  /** Connections with an end that is not gone, or with something under way. */
  public int connectionCount() {
    return network.connectionCount();
  }

  /** Things that are still to happen. */
  public int plannedCount() {
    return timeline.plannedCount();
  }

  /** Bytes of buffers that channels and nodes took and nobody has released. */
  public long unreleasedBytes() {
    return buffers.metric().usedHeapMemory() + buffers.metric().usedDirectMemory();
  }

  /** Switches every host off, host by host, ends all loops and releases every buffer. */
  @Override
  public void close() {
    timeline.assertMayDrive("close the world");
    if (life.isOver()) {
      return;
    }
    life.end();
    hosts.forEach(Host::endProcesses);
    network.close();
    timeline.clear();
    watchdog.close();
  }

  /** The rules that everything on the network is subject to. */
  public RuleBook rules() {
    return rules;
  }

  /** A seed of one purpose: it depends on the world's seed and the purpose's name only. */
  public long seed(String purpose) {
    return seeds.ofPurpose(purpose);
  }

  /** A wall clock that may be wrong. */
  Clock clock(Supplier<Duration> skew) {
    return new VirtualClock(timeline, epoch, ZoneOffset.UTC, skew);
  }

  ByteBufAllocator buffers() {
    return buffers;
  }

  boolean closesSideBySide() {
    return closesSideBySide;
  }

  Timeline timeline() {
    return timeline;
  }

  Life life() {
    return life;
  }

  Names names() {
    return names;
  }

  Network network() {
    return network;
  }

  /** What all node processes of the world have in common, made by whichever asks first. */
  <T> T common(Class<T> kind, Supplier<T> make) {
    return kind.cast(commons.computeIfAbsent(kind, unknown -> make.get()));
  }

  ChannelId nextChannelId() {
    return new SimChannelId(++channelsEver);
  }

  /** A fresh stream that nobody else asks for. */
  RandomGenerator stream(String purpose) {
    return seeds.stream(purpose);
  }
}
