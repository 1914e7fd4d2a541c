package bdk.p2p.simulator.run;

import bdk.p2p.manager.ManagerBuilder;
import bdk.p2p.manager.NodeListener;
import bdk.p2p.manager.Peer;
import bdk.p2p.message.Ban;
import bdk.p2p.message.Broadcast;
import bdk.p2p.message.ChainHead;
import bdk.p2p.message.CloseReason;
import bdk.p2p.message.Command;
import bdk.p2p.message.DropReason;
import bdk.p2p.message.Message;
import bdk.p2p.message.Verdict;
import bdk.p2p.simulator.scenario.Workload;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The little application that the workload needs on a node: it relays every broadcast, answers
 * requests for blocks, and reports everything. Its handlers run on the node's workers.
 */
public final class Application {
  private final Workload workload;
  private final LongSupplier clock;

  /**
   * The same for all nodes.
   *
   * @param clock the time of what is reported
   */
  public Application(Workload workload, LongSupplier clock) {
    this.workload = workload;
    this.clock = clock;
  }

  /**
   * Puts it on a node that is about to start.
   *
   * @param index the node's place in the list of nodes
   */
  public void install(ManagerBuilder builder, int index, NodeReports reports) {
    AtomicLong height = new AtomicLong();
    builder
        .chainHead(() -> new ChainHead(1, height.get(), ByteBuffer.allocate(ChainHead.HASH_BYTES)))
        .onBroadcast(
            command -> true,
            (peer, broadcast) -> {
              if (broadcast.command().equals(Command.BROADCAST_BLOCK)) {
                height.incrementAndGet();
              }
              ByteBuffer payload = broadcast.payload();
              reports.handled(
                  clock.getAsLong(),
                  broadcast.command(),
                  Payloads.index(payload),
                  payload.remaining());
              return Verdict.RELAY;
            });
    workload
        .requests()
        .ifPresent(
            stream ->
                builder.onRequest(
                    Command.REQUEST_BLOCK,
                    (peer, request) -> Payloads.answer(index, stream.answerBytes())));
    workload
        .notifications()
        .ifPresent(
            stream ->
                builder.onNotification(
                    Payloads.NOTIFICATION,
                    (peer, notification) -> notified(reports, peer, notification.payload())));
  }

  /** What reports a node's peers and drops. */
  public NodeListener listener(NodeReports reports) {
    return new Teller(reports);
  }

  private void notified(NodeReports reports, Peer peer, ByteBuffer payload) {
    if (payload.remaining() >= Payloads.LEAST_BYTES) {
      int sender = payload.getInt();
      long number = payload.getLong();
      int life = payload.getInt();
      reports.notified(clock.getAsLong(), peer, sender, life, number);
    }
  }

  private final class Teller implements NodeListener {
    private final NodeReports reports;

    private Teller(NodeReports reports) {
      this.reports = reports;
    }

    @Override
    public void connected(Peer peer) {
      reports.connected(clock.getAsLong(), peer);
    }

    @Override
    public void disconnected(Peer peer, CloseReason reason) {
      reports.disconnected(clock.getAsLong(), peer, reason);
    }

    @Override
    public void refused(InetSocketAddress address, CloseReason reason) {
      reports.refused(clock.getAsLong(), address, reason);
    }

    @Override
    public void banned(Ban ban) {
      reports.banned(clock.getAsLong(), ban);
    }

    @Override
    public void dropped(Peer peer, Message message, DropReason reason) {
      long nanos = clock.getAsLong();
      if (reason == DropReason.ALREADY_SEEN && message instanceof Broadcast) {
        ByteBuffer payload = message.payload();
        reports.duplicate(nanos, message.command(), Payloads.index(payload), payload.remaining());
      } else {
        reports.dropped(nanos, peer, message.type(), reason);
      }
    }

    @Override
    public void handlerFailed(Peer peer, Message message, Throwable cause) {
      reports.handlerFailed(clock.getAsLong(), message + ": " + cause);
    }
  }
}
