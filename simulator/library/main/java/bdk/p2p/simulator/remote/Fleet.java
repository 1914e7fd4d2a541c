package bdk.p2p.simulator.remote;

import bdk.p2p.simulator.backend.Distances;
import bdk.p2p.simulator.backend.MachineSpec;
import bdk.p2p.simulator.backend.MadeFault;
import bdk.p2p.simulator.fault.Ability;
import bdk.p2p.simulator.fault.DrawnFault;
import bdk.p2p.simulator.fault.Fault;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who has the machines on which agents run. Machines are named by their index. The driver's thread
 * prepares and closes it and makes faults; what is done to a process is done by a thread for each
 * machine, one thing after the other.
 */
public interface Fleet extends AutoCloseable {
  /** The backend's name in reports. */
  String name();

  /** What can be done to its machines, beside what {@link #make} does. */
  Set<Ability> abilities();

  /**
   * What it lacks for a fault that {@link #make} would have to make, or for one that relays make if
   * it wants them; empty if it can.
   */
  Optional<String> missingFor(Fault fault);

  /** True if agents are to make latencies by relays, because the fleet has no other way. */
  boolean wantsRelays();

  /** Where a machine's node listens. */
  InetAddress address(int machine);

  /** True if nodes are up by themselves, and only listened to. */
  default boolean isResident() {
    return false;
  }

  /** What whoever commands its agents must know. */
  String token();

  /**
   * Makes all machines, so that their agents soon can be reached.
   *
   * @param relays true if agents will have relays, to which the dials of nodes are to be led
   */
  void prepare(List<MachineSpec> machines, Distances distances, boolean relays);

  /** Where the agent of a machine can be reached now, which may not be yet. */
  InetSocketAddress control(int machine);

  /** Its process begins. */
  void start(int machine);

  /** Its process dies. */
  void kill(int machine);

  /** Its process ends in order. */
  void stop(int machine);

  /** No word of it reaches anybody, and then its process dies; until it starts again. */
  void powerOff(int machine);

  /** Its process stands still. */
  void pause(int machine);

  /** Its process goes on. */
  void resume(int machine);

  /** Makes a fault that begins now; empty if it is no fault of the network. */
  Optional<MadeFault> make(DrawnFault fault);

  /** Everything that was made is gone afterwards. */
  @Override
  void close();
}
