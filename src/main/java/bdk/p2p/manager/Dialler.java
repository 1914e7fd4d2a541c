package bdk.p2p.manager;

import bdk.p2p.environment.Environment;
import bdk.p2p.message.CloseReason;
import bdk.p2p.message.CloseReason.Code;
import bdk.p2p.message.Direction;
import bdk.p2p.message.NodeId;
import bdk.p2p.message.PeerIdentity;
import bdk.p2p.peer.AddressBook;
import bdk.p2p.peer.OwnIdentity;
import bdk.p2p.session.Session;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/**
 * Dials whom the application or the search for peers wants, each address once at a time, and tells
 * whoever waits, and the address book, what became of it. Any thread.
 */
final class Dialler {
  private final Environment environment;
  private final Executor workers;
  private final Handles handles;
  private final OwnIdentity self;
  private final NodeGuard guard;
  private final Door door;
  private final AddressBook addresses;
  private final PeerBook peers;
  private final ClientFactory clients;
  private final Dials dials;
  private final BooleanSupplier stopping;

  /**
   * @param workers complete what callers wait for; must take every task
   * @param peers told of dials of which there is not even a session
   * @param limit the most dials under way
   * @param stopping whether the node takes no dial any more
   */
  Dialler(
      Environment environment,
      Executor workers,
      Handles handles,
      OwnIdentity self,
      NodeGuard guard,
      Door door,
      AddressBook addresses,
      PeerBook peers,
      ClientFactory clients,
      int limit,
      BooleanSupplier stopping) {
    this.environment = environment;
    this.workers = workers;
    this.handles = handles;
    this.self = self;
    this.guard = guard;
    this.door = door;
    this.addresses = addresses;
    this.peers = peers;
    this.clients = clients;
    this.dials = new Dials(limit);
    this.stopping = stopping;
  }

  /** As {@link #connect(NodeId)}, and whoever else is there is refused. */
  CompletableFuture<Peer> connect(NodeId id, PeerIdentity expected) {
    return connect(id, Optional.of(expected)).thenApply(peer -> checked(peer, expected));
  }

  /** The peer may have been connected, or being dialled, before anybody said who it must be. */
  private static Peer checked(Peer peer, PeerIdentity expected) {
    Door.mismatch(expected, peer.identity())
        .ifPresent(
            reason -> {
              throw new DialException(peer.id(), reason);
            });
    return peer;
  }

  /** The peer at this address, dialled if it is not connected; fails with a DialException. */
  CompletableFuture<Peer> connect(NodeId id) {
    return connect(id, door.expectedAt(id));
  }

  private CompletableFuture<Peer> connect(NodeId id, Optional<PeerIdentity> expected) {
    Optional<SessionPeer> known = handles.find(id);
    if (known.isPresent() && known.get().isLeaving()) {
      WorkerFuture<Peer> anew = new WorkerFuture<>(environment);
      // Whoever ends the stage is an event loop.
      Runnable dial = () -> connect(id, expected).whenComplete(anew::end);
      known.get().ended().thenRun(() -> workers.execute(dial));
      return anew;
    }
    if (known.isPresent()) {
      CompletableFuture<Peer> there = new WorkerFuture<>(environment);
      there.complete(known.get());
      return there;
    }
    Optional<CloseReason> refusal = refusal(id);
    if (refusal.isPresent()) {
      CompletableFuture<Peer> refused = new WorkerFuture<>(environment);
      refused.completeExceptionally(new DialException(id, refusal.get()));
      return refused;
    }
    Dials.Dial dial = dials.join(id, new WorkerFuture<>(environment));
    if (dial.isNew()) {
      clients.dial(id, expected, reason -> peers.dialFailed(id, reason));
    }
    if (stopping.getAsBoolean()) {
      // The dials may have been ended before this one joined them.
      end(id, CloseReason.of(Code.MANAGER_CLOSED));
    }
    // Each caller may cancel a stage of its own.
    return WorkerFuture.of(environment, dial.result(), peer -> peer);
  }

  private Optional<CloseReason> refusal(NodeId id) {
    if (stopping.getAsBoolean()) {
      return Optional.of(CloseReason.of(Code.MANAGER_CLOSED));
    }
    if (!id.isDialable()) {
      return Optional.of(new CloseReason(Code.CONNECT_FAILED, "nothing can listen there"));
    }
    if (self.isSelf(id)) {
      return Optional.of(new CloseReason(Code.SELF, "it is this node's own address"));
    }
    return guard.barred(id.address());
  }

  /** There is a session now, whoever has dialled. */
  void succeeded(Session session, Peer peer) {
    if (session.direction() == Direction.OUTBOUND) {
      addresses.succeeded(session.id(), environment.nanoTime());
    }
    CompletableFuture<Peer> waiting = dials.end(session.id());
    if (waiting != null) {
      workers.execute(() -> waiting.complete(peer));
    }
  }

  /** The dial has failed; perhaps because the peer has another session. */
  void failed(NodeId id, CloseReason reason) {
    addresses.failed(id, environment.nanoTime());
    end(id, reason);
  }

  private void end(NodeId id, CloseReason reason) {
    CompletableFuture<Peer> waiting = dials.end(id);
    if (waiting != null) {
      Optional<SessionPeer> other = handles.find(id);
      workers.execute(
          () ->
              other.ifPresentOrElse(
                  waiting::complete,
                  () -> waiting.completeExceptionally(new DialException(id, reason))));
    }
  }

  /** Ends every dial for those who wait for it. */
  void endAll(CloseReason reason) {
    dials
        .endAll()
        .forEach(
            (id, waiting) ->
                workers.execute(
                    () -> waiting.completeExceptionally(new DialException(id, reason))));
  }

  /** True if this address is being dialled. */
  boolean isDialling(NodeId id) {
    return dials.contains(id);
  }

  /** The dials under way. */
  int count() {
    return dials.count();
  }
}
