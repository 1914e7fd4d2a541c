package bdk.p2p.simulator;

import bdk.p2p.manager.Manager;
import bdk.p2p.manager.ManagerBuilder;
import bdk.p2p.manager.ManagerOptions;
import bdk.p2p.message.NodeType;
import bdk.p2p.simulator.fault.Fault;
import bdk.p2p.simulator.fault.NodeControl;
import bdk.p2p.simulator.run.OpenRun;
import bdk.p2p.simulator.run.SimulatedNode;
import bdk.p2p.simulator.scenario.NodeGroup;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * A network of real nodes in virtual time, for tests of protocols: the nodes run the caller's
 * handlers, time passes only when the caller lets it, and the same seed and calls give the same
 * run, to the bit.
 *
 * <p>Belongs to the thread that made it; any other that touches it gets an {@code
 * IllegalStateException}. Handlers, listeners and timers of the nodes run on that thread, too, and
 * must not wait for anything: what would block fails the run with an {@code AssertionError} that
 * names the node, the virtual time, the seed and the line. The simulation itself must not be driven
 * by them either. Once it is closed it can still be asked what it was; whatever would go on with it
 * gets an {@code IllegalStateException}.
 */
public final class Simulation implements AutoCloseable {
  private static final Duration AWAIT_LIMIT = Duration.ofMinutes(5);

  private final long seed;
  private final Conditions conditions;
  private final OpenRun run;
  private final Claims claims;
  private final List<SimNode> all = new ArrayList<>();
  private int strikes;
  private boolean closed;

  Simulation(
      long seed, Conditions conditions, Duration blockedLimit, Consumer<AssertionError> stuck) {
    this.seed = seed;
    this.conditions = conditions;
    this.run = new OpenRun(seed, new AskedDistances(conditions, this::machine, this::fail));
    this.claims = new Claims(this);
    run.world().beStrict(blockedLimit, stuck);
  }

  /** Begins a simulation with 20 ms between any two nodes, and links without limits. */
  public static Simulation seeded(long seed) {
    return builder().seed(seed).build();
  }

  /** Begins to describe a simulation. */
  public static SimulationBuilder builder() {
    return new SimulationBuilder();
  }

  /**
   * Runs a whole test on a thread of its own, and asserts its claims at the end. Beyond what {@link
   * #seeded} does, it fails even if code on a node blocks in a way that cannot be interrupted, such
   * as {@code CompletableFuture.join}; that thread is then left behind.
   *
   * @throws AssertionError as the test did, or a claim
   */
  public static void test(long seed, TestBody test) {
    test(builder().seed(seed), test);
  }

  /** {@link #test(long, TestBody)} with a simulation as described. */
  public static void test(SimulationBuilder description, TestBody test) {
    TestThread.run(description, test);
  }

  // ---- nodes ----

  /** Makes and starts a NORMAL node. It dials the discovery nodes that there are by now. */
  public SimNode node(String name, NodeCode code) {
    return nodes(name, NodeType.NORMAL, 1, code).get(0);
  }

  /**
   * Makes and starts NORMAL nodes, called by the name with -1, -2 and so on. They dial the
   * discovery nodes that there are by now.
   *
   * @param count at least 1
   */
  public SimNodes nodes(String name, int count, NodeCode code) {
    return nodes(name, NodeType.NORMAL, count, code);
  }

  /** Makes and starts a DISCOVERY node. */
  public SimNode discoveryNode(String name) {
    return discoveryNode(name, NodeCode.NONE);
  }

  /** Makes and starts a DISCOVERY node with options or listeners of the caller's. */
  public SimNode discoveryNode(String name, NodeCode code) {
    return nodes(name, NodeType.DISCOVERY, 1, code).get(0);
  }

  private SimNodes nodes(String name, NodeType type, int count, NodeCode code) {
    if (count < 1) {
      throw new IllegalArgumentException(
          "nodes '" + name + "': a count of " + count + " is below the minimum of 1");
    }
    NodeControl control = control("start a node");
    NodeGroup group = NodeGroup.of(name, count, type, ManagerOptions.defaults());
    List<String> ids = group.ids();
    all.stream()
        .map(SimNode::name)
        .filter(ids::contains)
        .findFirst()
        .ifPresent(
            taken -> {
              throw new IllegalArgumentException("there is a node '" + taken + "' already");
            });
    List<Integer> regions = conditions.place(count);
    List<SimNode> made = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      made.add(make(ids.get(index), group, regions.get(index), index, code));
    }
    all.addAll(made);
    made.forEach(node -> control.start(node.number(), false));
    return new SimNodes(made);
  }

  private SimNode make(String id, NodeGroup group, int region, int index, NodeCode code) {
    Resident resident = new Resident(code);
    SimulatedNode node = run.add(id, group, region, conditions.bandwidth(region), resident);
    resident.self = new SimNode(this, node, index);
    return resident.self;
  }

  /** The caller's code on one node, and a witness beside it. */
  private final class Resident implements OpenRun.Code {
    private final NodeCode code;
    private SimNode self;

    private Resident(NodeCode code) {
      this.code = code;
    }

    @Override
    public void install(ManagerBuilder builder) {
      code.install(self, builder);
      builder.listener(
          new Witness(self, claims, Simulation.this::isNode, Simulation.this::failIfAsserted));
    }

    @Override
    public void started(Manager manager) {
      code.started(self, manager);
    }
  }

  /** Every node, in the order of making. */
  public SimNodes nodes() {
    return new SimNodes(all);
  }

  // ---- time ----

  /** Virtual time since the beginning. */
  public Duration now() {
    return Duration.ofNanos(run.world().now() - 1);
  }

  /**
   * Lets a span of virtual time pass, which is not negative.
   *
   * @throws AssertionError if something that the world ran has thrown, or did what it must not
   */
  public void run(Duration span) {
    Spans.notNegative("run", span);
    requireOpen("let time pass");
    run.world().runUntil(in(span));
  }

  /**
   * Lets time pass until a condition holds, which is looked at after each event.
   *
   * @return false if it did not within the limit
   */
  public boolean runUntil(BooleanSupplier condition, Duration limit) {
    requireOpen("let time pass");
    return run.world().runWhile(() -> !condition.getAsBoolean(), in(limit));
  }

  /** {@link #await(CompletionStage, Duration)} for five minutes at most. */
  public <T> T await(CompletionStage<T> stage) {
    return await(stage, AWAIT_LIMIT);
  }

  /**
   * Lets time pass until a stage is complete.
   *
   * @return its value
   * @throws AssertionError if it is not complete in time
   * @throws java.util.concurrent.CompletionException with the stage's failure as the cause
   */
  public <T> T await(CompletionStage<T> stage, Duration limit) {
    requireOpen("let time pass");
    try {
      return run.world().await(stage, limit);
    } catch (TimeoutException late) {
      throw new AssertionError(late.getMessage() + "; seed " + seed, late);
    }
  }

  /**
   * Does something after a while, between the events of the nodes: it may start and stop nodes, and
   * let time pass. May be called by code on nodes.
   *
   * @param delay not negative
   */
  public void after(Duration delay, Runnable action) {
    Spans.notNegative("after", delay);
    requireOpen("plan anything");
    run.world().outsideAt(in(delay), action);
  }

  /** Does something again and again, the first time after one interval. */
  public void every(Duration interval, Runnable action) {
    if (interval.isNegative() || interval.isZero()) {
      throw new IllegalArgumentException("an interval of " + interval);
    }
    after(
        interval,
        () -> {
          every(interval, action);
          action.run();
        });
  }

  /** The stream of randomness of one purpose: of the seed and the name, the same at each call. */
  public RandomGenerator random(String purpose) {
    return run.world().random("test/" + purpose);
  }

  // ---- faults ----

  /** A fault begins now, and lasts until it is told to end. */
  public Strike begin(Fault fault, SimNodes victims) {
    OpenRun.Disturbance disturbance = disturbance(fault, victims);
    control("begin a fault");
    disturbance.begin();
    return new Strike(this, disturbance);
  }

  /** A fault begins now and ends after a span, which passes before this returns. */
  public Strike during(Duration span, Fault fault, SimNodes victims) {
    Spans.notNegative("during", span);
    Strike strike = begin(fault, victims);
    run(span);
    strike.end();
    return strike;
  }

  /**
   * A fault will begin after a while, and last for a while. Several may be on at once.
   *
   * @param after from now to its beginning; not negative
   * @param lasting from there to its end; not negative
   */
  public Strike schedule(Fault fault, SimNodes victims, Duration after, Duration lasting) {
    Spans.notNegative("schedule, after", after);
    Spans.notNegative("schedule, lasting", lasting);
    requireOpen("plan a fault");
    OpenRun.Disturbance disturbance = disturbance(fault, victims);
    long begins = in(after);
    run.world().outsideAt(begins, disturbance::begin);
    run.world().outsideAt(Spans.after(begins, lasting), disturbance::end);
    return new Strike(this, disturbance);
  }

  private OpenRun.Disturbance disturbance(Fault fault, SimNodes victims) {
    for (SimNode victim : victims) {
      if (!victim.isOf(this)) {
        throw new IllegalArgumentException(victim + " is a node of another simulation");
      }
    }
    List<Integer> numbers = victims.stream().map(SimNode::number).sorted().toList();
    return run.disturbance(fault.kind() + "-" + ++strikes, fault, numbers);
  }

  // ---- judging ----

  /** What must hold. */
  public Claims claims() {
    return claims;
  }

  /** What all chance is drawn from. */
  public long seed() {
    return seed;
  }

  /** A digest, in hex, of all that has happened on the network: equal for equal runs. */
  public String digest() {
    return run.world().digest();
  }

  /** Ends everything, as if the power went. */
  @Override
  public void close() {
    run.close();
    closed = true;
  }

  // ---- for the other classes of this package ----

  OpenRun run() {
    return run;
  }

  /** The means to do something that code on nodes must not. */
  NodeControl control(String what) {
    run.world().assertOutside(what);
    requireOpen(what);
    return run.control();
  }

  /**
   * Nothing goes on in a simulation that is closed.
   *
   * @throws IllegalStateException if this one is
   */
  void requireOpen(String what) {
    if (closed) {
      throw new IllegalStateException("the simulation is closed: it cannot " + what);
    }
  }

  private long in(Duration delay) {
    return Spans.after(run.world().now(), delay);
  }

  private boolean isNode(InetAddress address) {
    return all.stream().anyMatch(node -> node.id().address().equals(address));
  }

  private String machine(int index) {
    return index < all.size() ? all.get(index).name() : "hostile peer " + (index - all.size() + 1);
  }

  /** An assertion that fails in a handler is the test's: it must not pass for a failed handler. */
  private void failIfAsserted(Throwable cause) {
    if (cause instanceof AssertionError) {
      fail(cause);
    }
  }

  private void fail(Throwable cause) {
    run.world().fail(cause);
  }
}
