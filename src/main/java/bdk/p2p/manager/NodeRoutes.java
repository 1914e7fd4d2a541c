package bdk.p2p.manager;

import bdk.p2p.broadcast.Relay;
import bdk.p2p.discovery.InfoAnnouncer;
import bdk.p2p.dispatch.Routes;
import bdk.p2p.message.Broadcast;
import bdk.p2p.message.Command;
import bdk.p2p.message.DropReason;
import bdk.p2p.message.Message;
import bdk.p2p.message.Misbehaviour;
import bdk.p2p.message.NodeType;
import bdk.p2p.message.Verdict;
import bdk.p2p.peer.NodeListing;
import bdk.p2p.session.Session;
import bdk.p2p.wire.NodeInfoCodec;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * What this node does with each message: the core's own answers, else the application's handlers.
 * Any thread.
 */
final class NodeRoutes implements Routes {
  private final NodeType type;
  private final Handlers handlers;
  private final CommandTable commands;
  private final Function<Session, Peer> peers;
  private final Counters<DropReason> drops;
  private final NodeListener listener;
  private final NodeGuard guard;

  // The floors below need these routes to be made, so they are set once before the first session.
  private NodeListing listing;
  private Relay relay;
  private InfoAnnouncer announcer;

  NodeRoutes(
      NodeType type,
      Handlers handlers,
      CommandTable commands,
      Function<Session, Peer> peers,
      Counters<DropReason> drops,
      NodeListener listener,
      NodeGuard guard) {
    this.type = type;
    this.handlers = handlers;
    this.commands = commands;
    this.peers = peers;
    this.drops = drops;
    this.listener = listener;
    this.guard = guard;
  }

  void serveWith(NodeListing listing, Relay relay, InfoAnnouncer announcer) {
    this.listing = listing;
    this.relay = relay;
    this.announcer = announcer;
  }

  @Override
  public Optional<RequestRoute> request(Command command) {
    if (command.equals(Command.REQUEST_NODES)) {
      return Optional.of((session, request) -> now(listing.answer()));
    }
    if (type == NodeType.DISCOVERY) {
      return Optional.empty();
    }
    if (command.equals(Command.INFO)) {
      return Optional.of((session, request) -> now(NodeInfoCodec.encode(announcer.current())));
    }
    return handlers
        .requests
        .find(command)
        .map(handler -> (session, request) -> handler.handle(peers.apply(session), request));
  }

  private static CompletableFuture<ByteBuffer> now(byte[] payload) {
    return CompletableFuture.completedFuture(ByteBuffer.wrap(payload));
  }

  @Override
  public Optional<BroadcastRoute> broadcast(Command command) {
    if (type == NodeType.DISCOVERY) {
      return Optional.empty();
    }
    Optional<AsyncBroadcastHandler> handler = handlers.broadcasts.find(command);
    return handler.isPresent() ? Optional.of(new ToRelay(handler.get())) : Optional.empty();
  }

  /** The way of a broadcast: the relay lets the handler judge what has not been seen. */
  private final class ToRelay implements BroadcastRoute, Relay.Judge {
    private final AsyncBroadcastHandler handler;

    private ToRelay(AsyncBroadcastHandler handler) {
      this.handler = handler;
    }

    @Override
    public CompletionStage<Void> handle(Session session, Broadcast broadcast) {
      boolean urgent = commands.isUrgent(broadcast.command());
      return relay.receive(session, broadcast, urgent, this);
    }

    @Override
    public CompletionStage<Verdict> judge(Session from, Broadcast broadcast) {
      return handler.handle(peers.apply(from), broadcast);
    }
  }

  @Override
  public Optional<NotificationRoute> notification(Command command) {
    if (type == NodeType.DISCOVERY) {
      return Optional.empty();
    }
    return handlers
        .notifications
        .find(command)
        .map(
            handler ->
                (session, notification) -> handler.handle(peers.apply(session), notification));
  }

  @Override
  public boolean isLight(Command command) {
    return commands.isLight(command);
  }

  @Override
  public Duration deadline(Command command) {
    return commands.deadline(command);
  }

  @Override
  public DropReason whyUnserved(Message message) {
    return type == NodeType.DISCOVERY ? DropReason.NOT_SERVED : DropReason.NO_HANDLER;
  }

  @Override
  public void failed(Session session, Message message, Throwable cause) {
    listener.handlerFailed(peers.apply(session), message, cause);
  }

  @Override
  public void dropped(Session session, Message message, DropReason reason) {
    drops.count(reason);
    if (reason == DropReason.NO_HANDLER || reason == DropReason.NOT_SERVED) {
      guard.misbehaved(session, Misbehaviour.UNKNOWN_COMMAND, message.command() + ": " + reason);
    }
    tellDropped(session, message, reason);
  }

  /** Tells of a message that is counted already. */
  void tellDropped(Session session, Message message, DropReason reason) {
    listener.dropped(peers.apply(session), message, reason);
  }
}
