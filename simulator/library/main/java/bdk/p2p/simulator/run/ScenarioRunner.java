package bdk.p2p.simulator.run;

import bdk.p2p.simulator.backend.Backend;
import bdk.p2p.simulator.backend.Leftovers;
import bdk.p2p.simulator.backend.LoopbackBackend;
import bdk.p2p.simulator.backend.VirtualBackend;
import bdk.p2p.simulator.fault.DrawnFault;
import bdk.p2p.simulator.fault.FaultSchedule;
import bdk.p2p.simulator.scenario.BackendKind;
import bdk.p2p.simulator.scenario.NodeGroup;
import bdk.p2p.simulator.scenario.Scenario;
import bdk.p2p.simulator.scenario.ScenarioException;
import bdk.p2p.simulator.scenario.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Runs one scenario from the first node's start to the end. For one thread, once.
 *
 * <p>On a backend that can repeat runs the same scenario and seed give the same run, to the bit:
 * every choice is drawn from a stream of the backend's that has its own name.
 */
public final class ScenarioRunner {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Scenario scenario;
  private final RunOptions options;
  private final Judge claims;
  private final ScenarioDistances distances;
  private final Timetable timetable = new Timetable();
  private final RunLog log = new RunLog();
  private final Traffic traffic = new Traffic();
  private final Topology topology = new Topology();
  private final List<Sample> samples = new ArrayList<>();

  /**
   * Prepares a run.
   *
   * @param claims hear of everything, after the listeners of the options
   */
  public ScenarioRunner(Scenario scenario, RunOptions options, Judge claims) {
    this.scenario = scenario;
    this.options = options;
    this.claims = claims;
    this.distances = new ScenarioDistances(scenario);
  }

  /**
   * Runs it to the end; what its nodes and their network did is in the record.
   *
   * @throws ScenarioException if the backend cannot make one of its faults
   */
  public RunRecord run() {
    long wallStart = System.nanoTime();
    log.listen(traffic);
    log.listen(topology);
    options.listeners().forEach(log::listen);
    log.listen(claims);
    try (Backend backend = backend()) {
      options.trace().ifPresent(backend::traceTo);
      List<SimulatedNode> nodes = Placement.nodes(scenario, backend);
      Application application = new Application(scenario.workload(), backend::nowNanos);
      NodeStarter starter =
          new NodeStarter(backend, nodes, application, log, traffic, options.hook());
      FaultDriver faults = new FaultDriver(backend, log, new Lives(backend, nodes, starter, log));
      planStarts(nodes, starter);
      DeliveryBound bound = new DeliveryBound(scenario, distances, backend.computing(), topology);
      planWorkload(new WorkloadDriver(backend, nodes, traffic, log, topology, bound));
      schedule(backend).forEach(fault -> faults.plan(fault, timetable));
      Runnable look = () -> look(backend, nodes, faults);
      timetable.every(SECOND, SECOND, scenario.total().toNanos() + 1, look);
      backend.prepare();
      drive(backend, look);
      return record(backend, nodes, faults, wallStart);
    }
  }

  private Backend backend() {
    if (options.provider().isPresent()) {
      return options.provider().get().open(scenario, options.seed(), distances);
    }
    return switch (scenario.backend()) {
      case VIRTUAL -> new VirtualBackend(options.seed(), distances);
      case LOOPBACK -> new LoopbackBackend(options.seed(), distances);
      case CONTAINERS ->
          BackendProvider.of(BackendKind.CONTAINERS).open(scenario, options.seed(), distances);
    };
  }

  private List<DrawnFault> schedule(Backend backend) {
    return options
        .schedule()
        .orElseGet(
            () ->
                FaultSchedule.draw(
                    scenario.faults(), scenario.candidates(), scenario.warmUp(), backend::seed));
  }

  private void planStarts(List<SimulatedNode> nodes, NodeStarter starter) {
    for (NodeGroup group : scenario.groups()) {
      Duration when = group.startsAfter();
      for (SimulatedNode node : nodes) {
        if (node.group() == group) {
          timetable.at(when.toNanos(), () -> starter.start(node, List.of()));
          when = when.plus(group.startsEvery());
        }
      }
    }
  }

  private void planWorkload(WorkloadDriver driver) {
    long from = scenario.warmUp().toNanos();
    long until = from + scenario.duration().toNanos();
    Workload workload = scenario.workload();
    for (Workload.Broadcasts stream : workload.broadcasts()) {
      timetable.every(stream.interval().toNanos(), from, until, () -> driver.publish(stream));
    }
    workload
        .requests()
        .ifPresent(
            stream ->
                timetable.every(
                    stream.interval().toNanos(), from, until, () -> driver.ask(stream)));
    workload
        .notifications()
        .ifPresent(
            stream ->
                timetable.every(
                    stream.interval().toNanos(), from, until, () -> driver.announce(stream)));
  }

  /** Once a second: takes a sample and says how far it is. */
  private void look(Backend backend, List<SimulatedNode> nodes, FaultDriver faults) {
    List<NodeState> states =
        nodes.stream().filter(SimulatedNode::isUp).map(SimulatedNode::state).toList();
    long bytesIn = nodes.stream().mapToLong(SimulatedNode::bytesIn).sum();
    long bytesOut = nodes.stream().mapToLong(SimulatedNode::bytesOut).sum();
    for (NodeState state : states) {
      bytesIn += state.statistics().bytesIn();
      bytesOut += state.statistics().bytesOut();
    }
    Sample sample =
        new Sample(
            backend.nowNanos(),
            states.size(),
            backend.openConnections(),
            bytesIn,
            bytesOut,
            traffic.deliveries(),
            traffic.duplicates());
    samples.add(sample);
    log.tell(new RunEvent.Sampled(backend.nowNanos(), sample, states));
    options
        .progress()
        .at(
            new Progress.Status(
                Duration.ofNanos(backend.nowNanos()),
                scenario.total(),
                sample.sessions(),
                traffic.broadcasts().size(),
                backend.events(),
                claims.breachCount(),
                faults.onCount()));
  }

  private void drive(Backend backend, Runnable look) {
    runTimetable(backend);
    long end = scenario.total().toNanos();
    if (!isToStop()) {
      // Where a process takes its time to start, its node has the whole cool-down nevertheless.
      long ordersDone = backend.ordersDoneNanos(log::drain);
      long later = ordersDone == 0 ? 0 : ordersDone + scenario.coolDown().toNanos();
      timetable.every(SECOND, end + SECOND, later, look);
      end = Math.max(end, later);
      runTimetable(backend);
    }
    if (!isToStop()) {
      backend.runUntil(end, log::drain);
      log.drain();
    }
  }

  private void runTimetable(Backend backend) {
    while (!timetable.isEmpty() && !isToStop()) {
      // Starting a node lets a little time pass, so an action may be due already.
      backend.runUntil(timetable.nextNanos(), log::drain);
      log.drain();
      timetable.runNext();
    }
  }

  private boolean isToStop() {
    return options.stopsAtBreach() && claims.breachCount() > 0;
  }

  private RunRecord record(
      Backend backend, List<SimulatedNode> nodes, FaultDriver faults, long wallStart) {
    List<Integer> peers = nodes.stream().map(SimulatedNode::peers).toList();
    List<Integer> normalPeers = nodes.stream().map(SimulatedNode::normalPeers).toList();
    nodes.forEach(SimulatedNode::endLife);
    List<LinkRecord> links =
        backend.connections().stream()
            .filter(one -> one.dialler() < nodes.size() && one.acceptor() < nodes.size())
            .map(
                one ->
                    new LinkRecord(
                        nodes.get(one.dialler()),
                        nodes.get(one.acceptor()),
                        one.fromNanos(),
                        one.wholeUntilNanos(),
                        one.untilNanos()))
            .toList();
    String digest = backend.digest();
    long events = backend.events();
    long end = backend.nowNanos();
    List<FaultOutcome> outcomes = faults.outcomes();
    // Last, because it lets time pass; nobody is told of what happens now.
    log.close();
    Optional<Leftovers> leftovers = backend.leftoversAfter(closings(nodes));
    return new RunRecord(
        scenario,
        backend.name(),
        options.seed(),
        digest,
        events,
        end,
        System.nanoTime() - wallStart,
        nodes,
        links,
        traffic.broadcasts(),
        traffic.requests(),
        outcomes,
        samples,
        peers,
        normalPeers,
        leftovers,
        (from, to) -> distances.latencyMillis(from.index(), to.index()));
  }

  private static List<Runnable> closings(List<SimulatedNode> nodes) {
    List<Runnable> closings = new ArrayList<>();
    nodes.stream().filter(SimulatedNode::isUp).forEach(node -> closings.add(node::close));
    return closings;
  }
}
