package bdk.p2p.broadcast;

import bdk.p2p.message.Broadcast;
import bdk.p2p.message.Message;
import bdk.p2p.message.SendResult;
import bdk.p2p.message.Verdict;
import bdk.p2p.peer.SessionRegistry;
import bdk.p2p.session.Outbound;
import bdk.p2p.session.Session;
import bdk.p2p.session.SharedFrame;
import bdk.p2p.wire.Originals;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;

/**
 * Sends broadcasts to the NORMAL peers: the application's own, and those of peers when they are
 * seen for the first time and found worth it. Encodes what is large once for all. Any thread.
 */
public final class Relay {
  /** The application's judgement. */
  public interface Judge {
    /** Returns a stage with the verdict; never null. */
    CompletionStage<Verdict> judge(Session from, Broadcast broadcast);
  }

  /** Learns of broadcasts that go no further. */
  public interface Drops {
    /** A broadcast of this session had been seen; called in the session's order, on a worker. */
    void seenBefore(Session from, Broadcast broadcast);

    /** The application found a broadcast of this session bad. Any thread. */
    void rejected(Session from, Broadcast broadcast);

    /** This session had no room for a broadcast of another one. Any thread. */
    void noRoom(Session to, Broadcast broadcast);
  }

  private final SessionRegistry registry;
  private final SeenCache seen;
  private final KnownBroadcasts known;
  private final Drops drops;
  private final LongAdder firstSights = new LongAdder();
  private final LongAdder duplicates = new LongAdder();
  private final LongAdder rejected = new LongAdder();

  /**
   * @param seenLimit how many broadcasts to remember
   * @param known the large ones in memory
   * @param drops learns of duplicates and bad ones, and of each peer that had no room for a relayed
   *     broadcast
   */
  public Relay(SessionRegistry registry, int seenLimit, KnownBroadcasts known, Drops drops) {
    this.registry = registry;
    this.seen = new SeenCache(seenLimit, known);
    this.known = known;
    this.drops = drops;
  }

  /**
   * Takes a broadcast of a peer.
   *
   * @return a stage that ends when the verdict is carried out
   * @throws bdk.p2p.wire.ProtocolViolation if the id is not the hash of the payload
   */
  public CompletionStage<Void> receive(
      Session from, Broadcast broadcast, boolean urgent, Judge judge) {
    if (!seen.addChecked(broadcast)) {
      duplicates.increment();
      drops.seenBefore(from, broadcast);
      return CompletableFuture.completedFuture(null);
    }
    firstSights.increment();
    return judge
        .judge(from, broadcast)
        .thenAccept(verdict -> carryOut(verdict, from, broadcast, urgent));
  }

  private void carryOut(Verdict verdict, Session from, Broadcast broadcast, boolean urgent) {
    if (verdict == null) {
      throw new IllegalStateException("the handler of " + broadcast.command() + " returned null");
    }
    switch (verdict) {
      case RELAY -> relay(from, broadcast, urgent);
      case REJECT -> {
        rejected.increment();
        drops.rejected(from, broadcast);
      }
      case KEEP -> {
        // Remembered already.
      }
    }
  }

  private void relay(Session from, Broadcast broadcast, boolean urgent) {
    List<Session> others = new ArrayList<>(registry.normalSessions());
    // By id: the peer may go on with another session than the one that brought the broadcast.
    others.removeIf(session -> session.id().equals(from.id()));
    sendKnown(
        others,
        broadcast,
        urgent,
        (session, result) -> {
          if (result == SendResult.QUEUE_FULL) {
            drops.noRoom(session, broadcast);
          }
        });
  }

  /**
   * Sends a broadcast of the application's own to every NORMAL peer, and remembers it.
   *
   * @param told what became of it for each, in the order of the peers
   */
  public void publish(Broadcast broadcast, boolean urgent, BiConsumer<Session, SendResult> told) {
    seen.add(broadcast);
    sendKnown(registry.normalSessions(), broadcast, urgent, told);
  }

  private void sendKnown(
      List<Session> sessions,
      Broadcast broadcast,
      boolean urgent,
      BiConsumer<Session, SendResult> told) {
    if (!sessions.isEmpty()) {
      send(sessions, broadcast, SharedFrame.of(broadcast, known::frame), urgent, told);
    }
  }

  /**
   * Encodes the message once and hands it to these sessions.
   *
   * @param told what became of it for each, in their order
   */
  public void send(
      List<Session> sessions,
      Message message,
      boolean urgent,
      BiConsumer<Session, SendResult> told) {
    if (!sessions.isEmpty()) {
      send(sessions, message, SharedFrame.of(message, known::encode), urgent, told);
    }
  }

  private static void send(
      List<Session> sessions,
      Message message,
      SharedFrame frame,
      boolean urgent,
      BiConsumer<Session, SendResult> told) {
    Outbound outbound = Outbound.shared(message, frame, urgent);
    try {
      send(sessions, outbound, told);
    } finally {
      outbound.release();
      frame.release();
    }
  }

  /**
   * Hands a message that is encoded already to these sessions; the caller keeps its own reference.
   *
   * @param told as for {@link #send(List, Message, boolean, BiConsumer)}
   */
  public static void send(
      List<Session> sessions, Outbound outbound, BiConsumer<Session, SendResult> told) {
    for (Session session : sessions) {
      told.accept(session, session.offer(outbound.again()));
    }
  }

  /** Large broadcasts that are in memory, so that sessions need none for copies of them. */
  public Originals originals() {
    return seen.originals();
  }

  /** Broadcasts that are remembered. */
  public int remembered() {
    return seen.count();
  }

  /** Broadcasts that were new. */
  public long firstSights() {
    return firstSights.sum();
  }

  /** Broadcasts that had been seen. */
  public long duplicates() {
    return duplicates.sum();
  }

  /** Broadcasts that the application found bad. */
  public long rejected() {
    return rejected.sum();
  }
}
