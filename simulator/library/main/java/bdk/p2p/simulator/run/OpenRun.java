package bdk.p2p.simulator.run;

import bdk.p2p.environment.Environment;
import bdk.p2p.manager.Manager;
import bdk.p2p.manager.ManagerBuilder;
import bdk.p2p.message.NodeId;
import bdk.p2p.message.NodeType;
import bdk.p2p.simulator.backend.Distances;
import bdk.p2p.simulator.backend.MachineSpec;
import bdk.p2p.simulator.backend.VirtualBackend;
import bdk.p2p.simulator.fault.DrawnFault;
import bdk.p2p.simulator.fault.Fault;
import bdk.p2p.simulator.fault.NodeControl;
import bdk.p2p.simulator.scenario.NodeGroup;
import bdk.p2p.simulator.scenario.NodeGroup.Bandwidth;
import bdk.p2p.simulator.scenario.Workload;
import bdk.p2p.simulator.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A run without a scenario, in virtual time: nodes and faults come as its owner likes, and somebody
 * else's code runs on the nodes. The thread that made it only.
 */
public final class OpenRun implements AutoCloseable {
  private final VirtualBackend backend;
  private final RunLog log = new RunLog();
  private final Traffic traffic = new Traffic();
  private final Application nobodys;
  private final List<SimulatedNode> nodes = new ArrayList<>();
  private final List<Code> code = new ArrayList<>();
  // The last of each node, null before its first start.
  private final List<Manager> managers = new ArrayList<>();
  private final Lives lives;
  private final FaultDriver faults;

  /** An empty network. */
  public OpenRun(long seed, Distances distances) {
    backend = new VirtualBackend(seed, distances);
    nobodys = new Application(Workload.none(), backend::nowNanos);
    lives = new Lives(backend, nodes, this::start, log);
    faults = new FaultDriver(backend, log, lives);
  }

  /** The world that it runs in. */
  public World world() {
    return backend.world();
  }

  /** Tells somebody of everything from now on. */
  public void listen(RunListener listener) {
    log.listen(listener);
  }

  /**
   * Adds a node, which is down.
   *
   * @param theirs what it runs
   */
  public SimulatedNode add(
      String id, NodeGroup group, int region, Bandwidth bandwidth, Code theirs) {
    int index = nodes.size();
    if (lives.machineCount() > index) {
      throw new IllegalStateException("a node must be made before the first hostile peer");
    }
    MachineSpec spec =
        new MachineSpec(index, bandwidth.downloadBitsPerSecond(), bandwidth.uploadBitsPerSecond());
    SimulatedNode node = new SimulatedNode(index, id, group, region, backend.machine(spec));
    node.machine().name(id);
    nodes.add(node);
    code.add(theirs);
    managers.add(null);
    return node;
  }

  /** What can be done to its nodes. */
  public NodeControl control() {
    return lives;
  }

  /**
   * The node's manager.
   *
   * @throws IllegalStateException if the node is down
   */
  public Manager manager(SimulatedNode node) {
    if (!node.isUp()) {
      throw new IllegalStateException(node + " is down");
    }
    return managers.get(node.index());
  }

  /** A fault that neither has begun nor will by itself. */
  public Disturbance disturbance(String id, Fault fault, List<Integer> victims) {
    long now = backend.nowNanos();
    DrawnFault drawn = new DrawnFault(id, fault, victims, now, now, backend.seed("fault/" + id));
    return new Disturbance(faults.add(drawn));
  }

  /** The settings that are not the code's to choose come last. */
  private void start(SimulatedNode node, List<NodeId> known) {
    Environment environment = node.machine().environment();
    ManagerBuilder builder =
        Manager.builder().environment(environment).options(node.group().options());
    try {
      code.get(node.index()).install(builder);
    } catch (RuntimeException | Error failure) {
      environment.close(Duration.ZERO);
      throw failure;
    }
    builder
        .environment(environment)
        .type(node.type())
        .listen(node.address().address().getHostAddress(), SimulatedNode.PORT)
        .listener(nobodys.listener(new LogReports(node, log, traffic)));
    if (node.type() == NodeType.NORMAL) {
      nodes.stream()
          .filter(one -> one.type() == NodeType.DISCOVERY)
          .map(SimulatedNode::address)
          .forEach(builder::seed);
      known.forEach(builder::seed);
    }
    Manager manager = builder.start();
    managers.set(node.index(), manager);
    node.started(new ManagerLife(manager, backend::nowNanos), backend.nowNanos());
    log.tell(new RunEvent.Started(backend.nowNanos(), node));
    code.get(node.index()).started(manager);
  }

  @Override
  public void close() {
    backend.close();
  }

  /** What a node runs. */
  public interface Code {
    /** Puts it on a node that is about to start. */
    void install(ManagerBuilder builder);

    /** The node has started. */
    void started(Manager manager);
  }

  /** One fault from its beginning to its end. */
  public static final class Disturbance {
    private final FaultDriver.Occurrence occurrence;

    private Disturbance(FaultDriver.Occurrence occurrence) {
      this.occurrence = occurrence;
    }

    /** It begins; does nothing once it has ended. */
    public void begin() {
      occurrence.begin();
    }

    /** It ends, or never begins; does nothing a second time. */
    public void end() {
      occurrence.end();
    }

    public boolean isOn() {
      return occurrence.isOn();
    }

    /** How often it did something to somebody. */
    public long bit() {
      return occurrence.outcome().bit();
    }
  }
}
