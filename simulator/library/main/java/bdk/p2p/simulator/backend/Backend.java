package bdk.p2p.simulator.backend;

import bdk.p2p.simulator.fault.Ability;
import bdk.p2p.simulator.fault.DrawnFault;
import bdk.p2p.simulator.fault.Fault;
import bdk.p2p.simulator.fault.RuleBook;
import bdk.p2p.simulator.trace.TraceSink;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * Where a scenario runs. Belongs to the thread that made it, the driver, which moves time on;
 * {@link #nowNanos} may be asked by any thread.
 */
public interface Backend extends AutoCloseable {
  /** Its name in reports. */
  String name();

  /** What it can do. */
  Set<Ability> abilities();

  /** What it lacks for a fault, in words; empty if it can make it. */
  default Optional<String> missingFor(Fault fault) {
    Set<Ability> missing = new TreeSet<>(fault.needs());
    missing.removeAll(abilities());
    return missing.isEmpty() ? Optional.empty() : Optional.of("it has no " + missing);
  }

  /**
   * Makes a fault that begins now by means of its own; empty if the fault's own rules, and what is
   * done to whole nodes, are to make it.
   */
  default Optional<MadeFault> make(DrawnFault fault) {
    return Optional.empty();
  }

  /** Everything is planned: gets ready for the run, before its time begins. */
  default void prepare() {}

  /** Makes a machine. */
  Machine machine(MachineSpec spec);

  /**
   * What a node may need, in time of the run, to compute what a broadcast on its way through the
   * network demands: 2 s, in which a busy machine gets to it.
   */
  default Duration computing() {
    return Duration.ofSeconds(2);
  }

  /** Time since the beginning of the run. */
  long nowNanos();

  /**
   * Lets time pass until an instant, at once if it has passed.
   *
   * @param idle run by the driver at least each 10 ms of real time that it has to wait
   */
  void runUntil(long nanos, Runnable idle);

  /**
   * Waits until everything that was ordered of machines is done, such as the start of a process.
   *
   * @param idle as for {@link #runUntil}
   * @return when the last of it was done; 0 where orders are done at once
   * @throws IllegalStateException if it takes longer than this backend waits, naming the machines
   */
  default long ordersDoneNanos(Runnable idle) {
    return 0;
  }

  /** The stream of randomness of one purpose, the same object at every call. Driver only. */
  RandomGenerator random(String purpose);

  /** The seed of one purpose. */
  long seed(String purpose);

  /**
   * What makes the payloads of this run others than those of earlier ones with its seed, for nodes
   * that outlive a run and remember; 0 where none does. The same at every call.
   */
  default long salt() {
    return 0;
  }

  /** The rules that everything on the network is subject to. */
  RuleBook rules();

  /** Every connection that became a session, the open ones until now. */
  List<ConnectionRecord> connections();

  /** Sessions open at both ends now. */
  int openConnections();

  /** A digest of all that happened on the network, in hex; empty if runs cannot be repeated. */
  String digest();

  /**
   * Tells somebody of everything that the digest takes in from now on.
   *
   * @throws UnsupportedOperationException if runs cannot be repeated: there is nothing to compare
   */
  default void traceTo(TraceSink sink) {
    throw new UnsupportedOperationException("the backend " + name() + " has no trace");
  }

  /** How many things have happened on the network. */
  long events();

  /**
   * Closes all nodes, lets everything that is under way come to its end, and says what is left. The
   * last thing to do before {@link #close}.
   *
   * @param closings each closes one node
   * @return empty, and nothing done, if this backend does not know
   */
  default Optional<Leftovers> leftoversAfter(List<Runnable> closings) {
    return Optional.empty();
  }

  /** Ends everything. */
  @Override
  void close();
}
