package bdk.p2p.peer;

import bdk.p2p.message.NodeId;
import bdk.p2p.session.Session;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The sessions of a node by peer: one that counts, at most one challenger that may take its place,
 * and at most one retiring that has lost to the one that counts and only brings to an end what it
 * carries. Guarded by this; knows no time and closes nothing.
 *
 * <p>Bounded by the greatest number of peers, and by the greatest number of unfinished handshakes
 * of sessions that peers dialled.
 */
final class PeerTable {
  /** What to do with a session whose peer has said who it is. */
  enum Admission {
    ADMITTED,
    TABLE_FULL,
    CLOSED,
    /** There is a session already and no challenger yet: this one is now the challenger. */
    CHALLENGER,
    /** There are a session and a challenger already. */
    ONE_TOO_MANY
  }

  private static final class Slot {
    Session session;
    Session challenger;

    Slot(Session session) {
      this.session = session;
    }
  }

  private final int limitPeers;
  private final int limitHandshakes;
  private final Map<NodeId, Slot> slots = new LinkedHashMap<>();
  private final Map<NodeId, Session> retiring = new LinkedHashMap<>();
  private final Set<Session> handshaking = new LinkedHashSet<>();
  // Null after a change: asked for at every message, but made anew only then.
  private List<Session> listed;
  private boolean closed;

  PeerTable(int limitPeers, int limitHandshakes) {
    this.limitPeers = limitPeers;
    this.limitHandshakes = limitHandshakes;
  }

  /**
   * Notes an unfinished handshake.
   *
   * @return the session that has to go for it: the oldest, or this one if the table is closed
   */
  synchronized Optional<Session> handshaking(Session session) {
    if (closed) {
      return Optional.of(session);
    }
    handshaking.add(session);
    if (handshaking.size() <= limitHandshakes) {
      return Optional.empty();
    }
    Session oldest = handshaking.iterator().next();
    handshaking.remove(oldest);
    return Optional.of(oldest);
  }

  /** True if a peer that is not here yet would be admitted. */
  synchronized boolean hasRoom() {
    return !closed && slots.size() < limitPeers;
  }

  synchronized Admission admit(Session session) {
    handshaking.remove(session);
    if (closed) {
      return Admission.CLOSED;
    }
    Slot slot = slots.get(session.id());
    if (slot == null) {
      if (slots.size() >= limitPeers) {
        return Admission.TABLE_FULL;
      }
      slots.put(session.id(), new Slot(session));
      listed = null;
      return Admission.ADMITTED;
    }
    if (slot.challenger != null) {
      return Admission.ONE_TOO_MANY;
    }
    slot.challenger = session;
    return Admission.CHALLENGER;
  }

  /** The session of this peer that counts. */
  synchronized Optional<Session> session(NodeId id) {
    return Optional.ofNullable(slots.get(id)).map(slot -> slot.session);
  }

  /**
   * Lets the challenger take the place of the session that counts, if both still are what they
   * were.
   */
  synchronized boolean promote(Session former, Session challenger) {
    Slot slot = slots.get(challenger.id());
    if (slot == null || slot.session != former || slot.challenger != challenger) {
      return false;
    }
    slot.session = challenger;
    slot.challenger = null;
    listed = null;
    return true;
  }

  /**
   * Keeps the loser of a contest as the retiring session of its peer.
   *
   * @return false if the winner no longer counts, or one is retiring already
   */
  synchronized boolean retire(Session loser, Session winner) {
    Slot slot = slots.get(loser.id());
    if (slot == null || slot.session != winner || retiring.containsKey(loser.id())) {
      return false;
    }
    if (slot.challenger == loser) {
      slot.challenger = null;
    }
    retiring.put(loser.id(), loser);
    return true;
  }

  /** The retiring session of this peer. */
  synchronized Optional<Session> retiring(NodeId id) {
    return Optional.ofNullable(retiring.get(id));
  }

  /**
   * Takes a session out that has ended.
   *
   * @param byPeer whether the peer ended it: then it goes on with the retiring one, if there is one
   * @return what it was
   */
  synchronized Removal remove(Session session, boolean byPeer) {
    handshaking.remove(session);
    if (session.id() == null) {
      return Removal.NOTHING;
    }
    if (retiring.remove(session.id(), session)) {
      return Removal.RETIRED;
    }
    Slot slot = slots.get(session.id());
    if (slot == null) {
      return Removal.NOTHING;
    }
    if (slot.challenger == session) {
      slot.challenger = null;
      return Removal.NOTHING;
    }
    if (slot.session != session) {
      return Removal.NOTHING;
    }
    listed = null;
    if (slot.challenger != null) {
      slot.session = slot.challenger;
      slot.challenger = null;
      return new Removal(true, false, slot.session);
    }
    if (byPeer && retiring.containsKey(session.id())) {
      slot.session = retiring.remove(session.id());
      return new Removal(true, true, slot.session);
    }
    slots.remove(session.id());
    return new Removal(true, false, null);
  }

  /**
   * What a session was when it ended.
   *
   * @param counted whether it was the session of its peer
   * @param retired whether it was retiring, or its heir was
   * @param heir the challenger or retiring session that now is, or null
   */
  record Removal(boolean counted, boolean retired, Session heir) {
    static final Removal NOTHING = new Removal(false, false, null);
    static final Removal RETIRED = new Removal(false, true, null);
  }

  /** The sessions that count, oldest peer first: immutable, and the same list until a change. */
  synchronized List<Session> sessions() {
    if (listed == null) {
      listed = slots.values().stream().map(slot -> slot.session).toList();
    }
    return listed;
  }

  synchronized int count() {
    return slots.size();
  }

  /** Admits nobody from now on; returns every session there is. */
  synchronized List<Session> close() {
    closed = true;
    return all();
  }

  /** Every session there is, whatever it is. */
  synchronized List<Session> all() {
    List<Session> all = new ArrayList<>(handshaking);
    all.addAll(retiring.values());
    for (Slot slot : slots.values()) {
      all.add(slot.session);
      if (slot.challenger != null) {
        all.add(slot.challenger);
      }
    }
    return all;
  }
}
