package bdk.p2p.simulator.remote;

import bdk.p2p.message.NodeId;
import bdk.p2p.simulator.run.FarMachine;
import bdk.p2p.simulator.run.NodeLife;
import bdk.p2p.simulator.run.NodeReports;
import bdk.p2p.simulator.run.SimulatedNode;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * One machine of a fleet and the process on it. The driver commands it; what it commands is done by
 * a thread of its own, one thing after the other, so that many machines can be struck in an
 * instant.
 */
final class FarNode implements FarMachine {
  private static final Duration REACH_LIMIT = Duration.ofSeconds(120);
  private static final Duration UP_LIMIT = Duration.ofSeconds(60);

  private final int index;
  private final Fleet fleet;
  private final FarRun run;
  private final ExecutorService orders;
  private final AtomicInteger ordersLeft = new AtomicInteger();
  private volatile long ordersDoneNanos;
  private FarLife life;
  private String name;
  private boolean isForgetting;

  // Of the thread that carries out orders.
  private boolean isProcessUp = true;
  private boolean isPaused;
  private AgentLink link;

  FarNode(int index, Fleet fleet, FarRun run) {
    this.index = index;
    this.fleet = fleet;
    this.run = run;
    this.name = "machine-" + index;
    this.orders =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "bdk-sim-machine-" + index);
              thread.setDaemon(true);
              return thread;
            });
  }

  int index() {
    return index;
  }

  FarSessions sessions() {
    return run.sessions();
  }

  /** Its present life, or its last; null before the first. */
  FarLife life() {
    return life;
  }

  @Override
  public void name(String given) {
    name = given;
  }

  @Override
  public InetAddress address() {
    return fleet.address(index);
  }

  /** Reaches the agent, which is starting. */
  CompletableFuture<Void> reach() {
    return CompletableFuture.runAsync(this::connectWarm, orders);
  }

  private void connectWarm() {
    connect();
    if (fleet.isResident()) {
      return;
    }
    try {
      link.send(run.warming());
      link.await("warm");
    } catch (IOException cause) {
      throw new UncheckedIOException(name + ": " + cause.getMessage(), cause);
    }
  }

  private void connect() {
    if (link != null) {
      return;
    }
    try {
      link = AgentLink.reach(() -> fleet.control(index), fleet.token(), REACH_LIMIT);
      if (!fleet.isResident()) {
        link.measureClock(other -> {});
      }
      for (ObjectNode command : run.prelude(index)) {
        link.send(command);
      }
    } catch (IOException cause) {
      throw new UncheckedIOException(name + ": " + cause.getMessage(), cause);
    }
  }

  @Override
  public NodeLife start(SimulatedNode node, List<NodeId> known, NodeReports reports) {
    name = node.id();
    return start(known, reports);
  }

  /** Starts its node, which has a name. */
  FarLife start(List<NodeId> known, NodeReports reports) {
    FarLife begun = new FarLife(this, reports, run::timeOf);
    life = begun;
    ObjectNode command = run.startOf(index, known, isForgetting);
    isForgetting = false;
    order(() -> begin(begun, command));
    return begun;
  }

  @Override
  public boolean isUpLater() {
    return !fleet.isResident();
  }

  private void begin(FarLife begun, ObjectNode command) throws IOException, InterruptedException {
    if (!isProcessUp) {
      fleet.start(index);
      isProcessUp = true;
    }
    connect();
    AgentLink agent = link;
    begun.reached(agent);
    if (fleet.isResident()) {
      agent.measureClock(event -> heard(begun, agent, event));
    } else {
      agent.send(command);
    }
    agent.listen(name, event -> heard(begun, agent, event), begun::agentGone);
    if (!fleet.isResident() && !begun.awaitUp(UP_LIMIT)) {
      throw new IOException("the node is not up within " + UP_LIMIT.toSeconds() + " s");
    }
  }

  private void heard(FarLife begun, AgentLink agent, JsonNode event) {
    try {
      begun.hear(agent, event);
    } catch (RuntimeException failure) {
      run.fail(name, failure);
    }
  }

  /** Its agent has gone, and nobody has told it to. */
  void lost(FarLife whose) {
    failed("its agent has gone");
  }

  /** Something has gone wrong there that no scenario lets go wrong. */
  void failed(String what) {
    run.fail(name, new IllegalStateException(what));
  }

  @Override
  public void kill() {
    end(() -> fleet.kill(index));
  }

  /** Ends in order; a life that is over already has been told. */
  void stopProcess(FarLife whose) {
    if (whose == life) {
      end(() -> fleet.stop(index));
    }
  }

  @Override
  public void powerOff() {
    end(() -> fleet.powerOff(index));
  }

  private void end(Runnable how) {
    life.over();
    sessions().ended(index, run.timeOf(System.nanoTime()));
    order(
        () -> {
          if (isPaused) {
            fleet.resume(index);
            isPaused = false;
          }
          how.run();
          isProcessUp = false;
          if (link != null) {
            link.close();
            link = null;
          }
        });
  }

  @Override
  public void pause() {
    order(
        () -> {
          fleet.pause(index);
          isPaused = true;
        });
  }

  @Override
  public void resume() {
    order(
        () -> {
          if (isPaused) {
            fleet.resume(index);
            isPaused = false;
          }
        });
  }

  /** Nothing to be done until it starts. */
  @Override
  public void powerOn() {}

  @Override
  public void forget() {
    isForgetting = true;
  }

  @Override
  public void skewClock(Duration offset) {
    throw new UnsupportedOperationException("the clock of a container is that of its host");
  }

  /**
   * Says something to its agent, after all that was ordered, if it is there then; an agent that is
   * reached later is told by {@link FarRun#prelude}.
   */
  void tell(ObjectNode command) {
    orders.execute(
        () -> {
          if (link != null) {
            try {
              link.send(command);
            } catch (IOException gone) {
              // Whoever hears it notices, too.
            }
          }
        });
  }

  String name() {
    return name;
  }

  /** True as long as something that it was ordered is not done. */
  boolean hasOrders() {
    return ordersLeft.get() > 0;
  }

  /** When its last order was done, in the time of the run. */
  long ordersDoneNanos() {
    return ordersDoneNanos;
  }

  /** Something to be done to the process. */
  private interface Order {
    void carryOut() throws IOException, InterruptedException;
  }

  private void order(Order order) {
    Supplier<String> who = () -> name;
    ordersLeft.incrementAndGet();
    orders.execute(
        () -> {
          try {
            order.carryOut();
          } catch (IOException | RuntimeException failure) {
            run.fail(who.get(), failure);
          } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
          }
          ordersDoneNanos = run.timeOf(System.nanoTime());
          ordersLeft.decrementAndGet();
        });
  }

  /** Nothing is commanded any more. */
  void end() {
    if (life != null) {
      life.over();
    }
    orders.shutdownNow();
    AgentLink last = link;
    if (last != null) {
      last.close();
    }
  }
}
