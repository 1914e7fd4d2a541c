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
import bdk.p2p.message.MessageType;
import bdk.p2p.message.Verdict;
import bdk.p2p.simulator.backend.Backend;
import bdk.p2p.simulator.scenario.Workload;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The little application that the workload needs on a node: it relays every broadcast, answers
 * requests for blocks, and tells the log of everything. Its handlers run on the node's workers.
 */
final class Application {
  private final Workload workload;
  private final Backend backend;
  private final RunLog log;
  private final Traffic traffic;

  Application(Workload workload, Backend backend, RunLog log, Traffic traffic) {
    this.workload = workload;
    this.backend = backend;
    this.log = log;
    this.traffic = traffic;
  }

  /** Puts it on a node that is about to start. */
  void install(ManagerBuilder builder, SimulatedNode node) {
    AtomicLong height = new AtomicLong();
    builder
        .chainHead(() -> new ChainHead(1, height.get(), ByteBuffer.allocate(ChainHead.HASH_BYTES)))
        .onBroadcast(
            command -> true,
            (peer, broadcast) -> {
              if (broadcast.command().equals(Command.BROADCAST_BLOCK)) {
                height.incrementAndGet();
              }
              handled(node, broadcast);
              return Verdict.RELAY;
            });
    workload
        .requests()
        .ifPresent(
            stream ->
                builder.onRequest(
                    Command.REQUEST_BLOCK,
                    (peer, request) -> Payloads.answer(node.index(), stream.answerBytes())));
    workload
        .notifications()
        .ifPresent(
            stream ->
                builder.onNotification(
                    Payloads.NOTIFICATION,
                    (peer, notification) -> notified(node, peer, notification.payload())));
  }

  /** What tells the log of a node's peers and drops. */
  NodeListener listener(SimulatedNode node) {
    return new Teller(node);
  }

  private void handled(SimulatedNode node, Message broadcast) {
    long nanos = backend.nowNanos();
    Command command = broadcast.command();
    ByteBuffer payload = broadcast.payload();
    log.onDriver(
        () ->
            traffic
                .find(command, payload)
                .ifPresent(record -> log.tell(new RunEvent.Handled(nanos, node, record))));
  }

  private void notified(SimulatedNode node, Peer peer, ByteBuffer payload) {
    if (payload.remaining() >= Payloads.LEAST_BYTES) {
      int sender = payload.getInt();
      long number = payload.getLong();
      int life = payload.getInt();
      log.tell(new RunEvent.Notified(backend.nowNanos(), node, peer, sender, life, number));
    }
  }

  private final class Teller implements NodeListener {
    private final SimulatedNode node;

    private Teller(SimulatedNode node) {
      this.node = node;
    }

    @Override
    public void connected(Peer peer) {
      log.tell(new RunEvent.Connected(backend.nowNanos(), node, peer));
    }

    @Override
    public void disconnected(Peer peer, CloseReason reason) {
      log.tell(new RunEvent.Disconnected(backend.nowNanos(), node, peer, reason));
    }

    @Override
    public void refused(InetSocketAddress address, CloseReason reason) {
      log.tell(new RunEvent.Refused(backend.nowNanos(), node, address, reason));
    }

    @Override
    public void banned(Ban ban) {
      log.tell(new RunEvent.Banned(backend.nowNanos(), node, ban));
    }

    @Override
    public void dropped(Peer peer, Message message, DropReason reason) {
      long nanos = backend.nowNanos();
      if (reason == DropReason.ALREADY_SEEN && message instanceof Broadcast) {
        Command command = message.command();
        ByteBuffer payload = message.payload();
        log.onDriver(
            () ->
                traffic
                    .find(command, payload)
                    .ifPresent(record -> log.tell(new RunEvent.Duplicate(nanos, node, record))));
      } else {
        MessageType type = message.type();
        log.tell(new RunEvent.Dropped(nanos, node, peer, type, reason));
      }
    }

    @Override
    public void handlerFailed(Peer peer, Message message, Throwable cause) {
      log.tell(new RunEvent.HandlerFailed(backend.nowNanos(), node, message + ": " + cause));
    }
  }
}
