package bdk.p2p.simulator.run;

import bdk.p2p.message.NodeType;
import bdk.p2p.simulator.scenario.Crash;
import bdk.p2p.simulator.scenario.Scenario;
import bdk.p2p.simulator.scenario.Workload;
import bdk.p2p.simulator.world.World;
import bdk.p2p.simulator.world.WorldOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Runs one scenario in virtual time, from the first node's start to the end. For one thread, once.
 *
 * <p>The same scenario and seed give the same run, to the bit: every choice is drawn from a stream
 * of the world's that has its own name.
 */
public final class ScenarioRunner {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Scenario scenario;
  private final long seed;
  private final Progress progress;
  private final Timetable timetable = new Timetable();
  private final LinkRecorder links = new LinkRecorder();

  /** Prepares a run. */
  public ScenarioRunner(Scenario scenario, long seed, Progress progress) {
    this.scenario = scenario;
    this.seed = seed;
    this.progress = progress;
  }

  /** Runs it to the end; what its nodes and their network did is in the record. */
  public RunRecord run() {
    long wallStart = System.nanoTime();
    List<Integer> regions = Placement.regions(scenario);
    int[] regionOfHost = regions.stream().mapToInt(Integer::intValue).toArray();
    RegionLatency latency = new RegionLatency(scenario.regions(), regionOfHost);
    WorldOptions options = WorldOptions.defaults().withLatency(latency).withPairLimit(latency);
    try (World world = new World(seed, options)) {
      world.observe(links);
      List<SimulatedNode> nodes = Placement.nodes(scenario, regions, world);
      NodeStarter starter = new NodeStarter(scenario, world, nodes);
      WorkloadDriver workload = new WorkloadDriver(world, nodes, starter.broadcasts());
      plan(world, nodes, starter, workload);
      drive(world);
      return record(world, nodes, starter, workload, latency, System.nanoTime() - wallStart);
    }
  }

  private void plan(
      World world, List<SimulatedNode> nodes, NodeStarter starter, WorkloadDriver workload) {
    for (SimulatedNode node : nodes) {
      timetable.at(Duration.ZERO, () -> starter.start(node));
    }
    Duration from = scenario.warmUp();
    Duration until = from.plus(scenario.duration());
    for (Workload.Broadcasts stream : scenario.workload().broadcasts()) {
      timetable.every(stream.interval(), from, until, () -> workload.publish(stream));
    }
    scenario
        .workload()
        .requests()
        .ifPresent(
            stream -> timetable.every(stream.interval(), from, until, () -> workload.ask(stream)));
    planCrashes(world, nodes, starter);
    timetable.every(
        SECOND,
        SECOND,
        scenario.total().plusNanos(1),
        () ->
            progress.at(
                Duration.ofNanos(world.now()),
                scenario.total(),
                links.openCount(),
                starter.broadcasts().size(),
                world.eventCount()));
  }

  private void planCrashes(World world, List<SimulatedNode> nodes, NodeStarter starter) {
    List<SimulatedNode> victims =
        new ArrayList<>(nodes.stream().filter(one -> one.type() == NodeType.NORMAL).toList());
    shuffle(victims, world.random("crash/victims"));
    int next = 0;
    for (Crash crash : scenario.crashes()) {
      for (int count = 0; count < crash.nodes(); count++) {
        SimulatedNode victim = victims.get(next++ % victims.size());
        Duration when =
            scenario.warmUp().plus(crash.after()).plus(crash.every().multipliedBy(count));
        timetable.at(when, () -> crash(world, victim));
        timetable.at(when.plus(crash.downFor()), () -> comeBack(victim, starter));
      }
    }
  }

  private static void shuffle(List<SimulatedNode> list, RandomGenerator random) {
    for (int last = list.size() - 1; last > 0; last--) {
      Collections.swap(list, last, random.nextInt(last + 1));
    }
  }

  private static void crash(World world, SimulatedNode victim) {
    if (victim.isUp()) {
      victim.crash(world.now());
    }
  }

  private static void comeBack(SimulatedNode victim, NodeStarter starter) {
    if (!victim.isUp()) {
      victim.host().restart();
      starter.start(victim);
    }
  }

  private void drive(World world) {
    while (!timetable.isEmpty()) {
      // Starting a node lets a little time pass, so an action may be due already.
      world.runUntil(Math.max(world.now(), timetable.nextNanos()));
      timetable.runNext();
    }
    world.runUntil(Math.max(world.now(), scenario.total().toNanos()));
  }

  private RunRecord record(
      World world,
      List<SimulatedNode> nodes,
      NodeStarter starter,
      WorkloadDriver workload,
      RegionLatency latency,
      long wallNanos) {
    List<Integer> peers = nodes.stream().map(SimulatedNode::peers).toList();
    List<Integer> normalPeers = nodes.stream().map(SimulatedNode::normalPeers).toList();
    nodes.forEach(SimulatedNode::endLife);
    List<LinkRecord> ever = links.links(host -> nodes.get(host.index()), world.now());
    return new RunRecord(
        scenario,
        seed,
        world.digest(),
        world.eventCount(),
        world.now(),
        wallNanos,
        nodes,
        ever,
        starter.broadcasts(),
        workload.requests(),
        peers,
        normalPeers,
        (from, to) -> latency.minimumMillis(from.index(), to.index()));
  }
}
