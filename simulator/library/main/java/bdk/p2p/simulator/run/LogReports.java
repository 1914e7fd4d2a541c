package bdk.p2p.simulator.run;

import bdk.p2p.manager.Peer;
import bdk.p2p.message.Ban;
import bdk.p2p.message.CloseReason;
import bdk.p2p.message.Command;
import bdk.p2p.message.DropReason;
import bdk.p2p.message.MessageType;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Passes on to the log what a node tells of itself. Any thread. */
final class LogReports implements NodeReports {
  private final SimulatedNode node;
  private final RunLog log;
  private final Traffic traffic;

  LogReports(SimulatedNode node, RunLog log, Traffic traffic) {
    this.node = node;
    this.log = log;
    this.traffic = traffic;
  }

  @Override
  public void up(long nanos) {
    log.tell(new RunEvent.Up(nanos, node));
  }

  @Override
  public void connected(long nanos, Peer peer) {
    log.tell(new RunEvent.Connected(nanos, node, peer));
  }

  @Override
  public void disconnected(long nanos, Peer peer, CloseReason reason) {
    log.tell(new RunEvent.Disconnected(nanos, node, peer, reason));
  }

  @Override
  public void refused(long nanos, InetSocketAddress address, CloseReason reason) {
    log.tell(new RunEvent.Refused(nanos, node, address, reason));
  }

  @Override
  public void banned(long nanos, Ban ban) {
    log.tell(new RunEvent.Banned(nanos, node, ban));
  }

  @Override
  public void handled(long nanos, Command command, long index, int bytes) {
    if (!log.entersDriver()) {
      log.onDriver(() -> handled(nanos, command, index, bytes));
      return;
    }
    Optional<BroadcastRecord> record = traffic.find(command, index, bytes);
    if (record.isPresent()) {
      log.tell(new RunEvent.Handled(nanos, node, record.get()));
    }
  }

  @Override
  public void duplicate(long nanos, Command command, long index, int bytes) {
    if (!log.entersDriver()) {
      log.onDriver(() -> duplicate(nanos, command, index, bytes));
      return;
    }
    Optional<BroadcastRecord> record = traffic.find(command, index, bytes);
    if (record.isPresent()) {
      log.tell(new RunEvent.Duplicate(nanos, node, record.get()));
    }
  }

  @Override
  public void dropped(long nanos, Peer peer, MessageType type, DropReason reason) {
    log.tell(new RunEvent.Dropped(nanos, node, peer, type, reason));
  }

  @Override
  public void handlerFailed(long nanos, String what) {
    log.tell(new RunEvent.HandlerFailed(nanos, node, what));
  }

  @Override
  public void notified(long nanos, Peer peer, int sender, int life, long number) {
    log.tell(new RunEvent.Notified(nanos, node, peer, sender, life, number));
  }
}
