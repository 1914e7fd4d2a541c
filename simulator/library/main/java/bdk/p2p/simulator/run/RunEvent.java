package bdk.p2p.simulator.run;

import bdk.p2p.manager.Peer;
import bdk.p2p.message.Ban;
import bdk.p2p.message.CloseReason;
import bdk.p2p.message.DropReason;
import bdk.p2p.message.MessageType;
import bdk.p2p.simulator.fault.DrawnFault;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * Something that happened in a run, told to claims in the order in which it happened. Immutable,
 * but for the records that it names.
 */
public sealed interface RunEvent {
  /** When, from the start of the run. */
  long nanos();

  /**
   * A node's life began.
   *
   * @param isUpLater true if it takes its time, in a process of its own, and {@link Up} follows
   */
  record Started(long nanos, SimulatedNode node, boolean isUpLater) implements RunEvent {
    /** A node that is up. */
    public Started(long nanos, SimulatedNode node) {
      this(nanos, node, false);
    }
  }

  /** A node that took its time to start is up. */
  record Up(long nanos, SimulatedNode node) implements RunEvent {}

  /** A node's life ended, however. */
  record Ended(long nanos, SimulatedNode node) implements RunEvent {}

  /** A node has a new peer. */
  record Connected(long nanos, SimulatedNode node, Peer peer) implements RunEvent {}

  /** A node has lost a peer. */
  record Disconnected(long nanos, SimulatedNode node, Peer peer, CloseReason reason)
      implements RunEvent {}

  /** A connection did not become a peer. */
  record Refused(long nanos, SimulatedNode node, InetSocketAddress address, CloseReason reason)
      implements RunEvent {}

  /** A node has banned an address. */
  record Banned(long nanos, SimulatedNode node, Ban ban) implements RunEvent {}

  /** A node dropped a message. */
  record Dropped(long nanos, SimulatedNode node, Peer peer, MessageType type, DropReason reason)
      implements RunEvent {}

  /** A handler of a node failed. */
  record HandlerFailed(long nanos, SimulatedNode node, String what) implements RunEvent {}

  /** A broadcast of the workload was published. */
  record Published(long nanos, BroadcastRecord broadcast) implements RunEvent {}

  /** A node handled a broadcast of the workload. */
  record Handled(long nanos, SimulatedNode node, BroadcastRecord broadcast) implements RunEvent {}

  /** A copy of a broadcast reached a node that had it. */
  record Duplicate(long nanos, SimulatedNode node, BroadcastRecord broadcast) implements RunEvent {}

  /** A node asked. */
  record Asked(long nanos, RequestRecord request) implements RunEvent {}

  /**
   * A request ended.
   *
   * @param answerer the index of the node that made the answer; empty if there was none
   * @param failure why there was none
   */
  record Settled(
      long nanos, RequestRecord request, Optional<Integer> answerer, Optional<String> failure)
      implements RunEvent {}

  /**
   * A node handled a notification of the workload.
   *
   * @param peer the session it came on
   * @param sender the index of the node that sent it
   * @param life how many lives the sender had had before the one in which it sent it
   * @param number the sender's running number
   */
  record Notified(long nanos, SimulatedNode node, Peer peer, int sender, int life, long number)
      implements RunEvent {}

  /** A fault began. */
  record FaultBegan(long nanos, DrawnFault fault) implements RunEvent {}

  /** A fault ended. */
  record FaultEnded(long nanos, DrawnFault fault) implements RunEvent {}

  /** The state of every node that is up, once a second. */
  record Sampled(long nanos, Sample sample, List<NodeState> nodes) implements RunEvent {}
}
