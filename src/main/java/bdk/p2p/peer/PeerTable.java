package bdk.p2p.peer;

import bdk.p2p.budget.AddressBlock;
import bdk.p2p.message.Direction;
import bdk.p2p.message.NodeId;
import bdk.p2p.message.NodeType;
import bdk.p2p.session.Session;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The sessions of a node by peer: one that counts, at most one challenger that may take its place,
 * and at most one retiring that has lost to the one that counts and only brings to an end what it
 * carries. Guarded by this; knows no time and closes nothing.
 *
 * <p>Bounded by {@link PeerLimits}. Whose place it is, of a peer that dialled or of one that was
 * dialled, is decided when the peer comes, and does not change with its session: who is dialled by
 * the peer that it dials takes no place from others.
 */
final class PeerTable {
  /** What to do with a session whose peer has said who it is. */
  enum Admission {
    ADMITTED,
    TABLE_FULL,
    /** The places that are left are kept for peers that this node dials. */
    INBOUND_FULL,
    /** Its network has as many peers that dialled as it may. */
    NETWORK_FULL,
    CLOSED,
    /** There is a session already and no challenger yet: this one is now the challenger. */
    CHALLENGER,
    /** There are a session and a challenger already. */
    ONE_TOO_MANY,
    /** There is a session already, of a peer that has proved to be somebody else. */
    HELD_BY_ANOTHER
  }

  private static final class Slot {
    Session session;
    Session challenger;
    Session winner;

    /** Where the peer dialled from; null if it was dialled. */
    final AddressBlock inboundFrom;

    final boolean isDialledNormal;

    Slot(Session session, AddressBlock inboundFrom) {
      this.session = session;
      this.inboundFrom = inboundFrom;
      this.isDialledNormal = inboundFrom == null && session.type() == NodeType.NORMAL;
    }
  }

  private final PeerLimits limits;
  private final Map<NodeId, Slot> slots = new LinkedHashMap<>();
  private final Map<NodeId, Session> retiring = new LinkedHashMap<>();
  private final Handshakes<Session> handshaking;
  private final Map<AddressBlock, Integer> inboundByNetwork = new LinkedHashMap<>();
  private int inbound;
  private int dialledNormal;
  // Null after a change: asked for at every message, but made anew only then.
  private List<Session> listed;
  private List<Session> listedNormal;
  private boolean closed;

  PeerTable(PeerLimits limits, RandomGenerator random) {
    this.limits = limits;
    this.handshaking = new Handshakes<>(limits.handshakes(), random);
  }

  /**
   * Notes an unfinished handshake.
   *
   * @return the session that has to go for it, this one if the table is closed
   */
  synchronized Optional<Handshakes.Eviction<Session>> handshaking(Session session) {
    AddressBlock network = network(session);
    return closed
        ? Optional.of(new Handshakes.Eviction<>(session, network, 0))
        : handshaking.add(session, network);
  }

  /** True if this session would be admitted if its peer is not here yet. */
  synchronized boolean hasRoomFor(Session session) {
    return !closed && roomFor(session) == Admission.ADMITTED;
  }

  private Admission roomFor(Session session) {
    if (slots.size() >= limits.peers()) {
      return Admission.TABLE_FULL;
    }
    if (session.direction() == Direction.OUTBOUND) {
      return Admission.ADMITTED;
    }
    if (inbound >= limits.inbound()) {
      return Admission.INBOUND_FULL;
    }
    boolean isCounted = !limits.isExempt().test(session.remoteAddress().getAddress());
    int ofNetwork = inboundByNetwork.getOrDefault(network(session), 0);
    return isCounted && ofNetwork >= limits.inboundPerNetwork()
        ? Admission.NETWORK_FULL
        : Admission.ADMITTED;
  }

  static AddressBlock network(Session session) {
    return AddressBlock.ofNetwork(session.remoteAddress().getAddress());
  }

  private void occupy(Session session) {
    AddressBlock from = session.direction() == Direction.INBOUND ? network(session) : null;
    Slot slot = new Slot(session, from);
    slots.put(session.id(), slot);
    dialledNormal += slot.isDialledNormal ? 1 : 0;
    if (from != null) {
      inbound++;
      inboundByNetwork.merge(from, 1, Integer::sum);
    }
    changed();
  }

  private void vacate(NodeId id) {
    Slot slot = slots.remove(id);
    dialledNormal -= slot.isDialledNormal ? 1 : 0;
    AddressBlock from = slot.inboundFrom;
    if (from != null) {
      inbound--;
      inboundByNetwork.computeIfPresent(from, (same, count) -> count == 1 ? null : count - 1);
    }
  }

  synchronized Admission admit(Session session) {
    handshaking.remove(session);
    if (closed) {
      return Admission.CLOSED;
    }
    Slot slot = slots.get(session.id());
    if (slot == null) {
      Admission room = roomFor(session);
      if (room == Admission.ADMITTED) {
        occupy(session);
      }
      return room;
    }
    if (!slot.session.identity().equals(session.identity())) {
      return Admission.HELD_BY_ANOTHER;
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
    changed();
    return true;
  }

  /** What becomes of a session whose challenger takes its place. */
  enum Takeover {
    /** One of the two is not what it was: nothing has happened. */
    NONE,
    /** It retires. */
    RETIRES,
    /** It has to end, because one is retiring already. */
    ENDS
  }

  /** As {@link #promote}, and keeps the session that counted as the retiring one of its peer. */
  synchronized Takeover takeOver(Session former, Session challenger) {
    if (!promote(former, challenger)) {
      return Takeover.NONE;
    }
    return retire(former, slots.get(former.id())) ? Takeover.RETIRES : Takeover.ENDS;
  }

  /**
   * Keeps a challenger that has lost as the retiring session of its peer.
   *
   * @return false if one of the two is not what it was, as it may have ended by now, or one is
   *     retiring already
   */
  synchronized boolean retire(Session challenger, Session winner) {
    Slot slot = slots.get(challenger.id());
    if (slot == null || slot.session != winner || slot.challenger != challenger) {
      return false;
    }
    boolean retires = retire(challenger, slot);
    if (retires) {
      slot.challenger = null;
    }
    return retires;
  }

  private boolean retire(Session loser, Slot slot) {
    if (retiring.putIfAbsent(loser.id(), loser) != null) {
      return false;
    }
    slot.winner = slot.session;
    return true;
  }

  /** True if this session counts, and another of its peer had to retire for it. */
  synchronized boolean hasWon(Session session) {
    Slot slot = slots.get(session.id());
    return slot != null && slot.session == session && slot.winner == session;
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
    changed();
    if (slot.challenger != null) {
      slot.session = slot.challenger;
      slot.challenger = null;
      return new Removal(true, false, slot.session);
    }
    if (byPeer && retiring.containsKey(session.id())) {
      slot.session = retiring.remove(session.id());
      return new Removal(true, true, slot.session);
    }
    vacate(session.id());
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

  /** Those of them that are of type NORMAL, likewise. */
  synchronized List<Session> normalSessions() {
    if (listedNormal == null) {
      listedNormal =
          sessions().stream().filter(session -> session.type() == NodeType.NORMAL).toList();
    }
    return listedNormal;
  }

  private void changed() {
    listed = null;
    listedNormal = null;
  }

  synchronized boolean hasNormal(int count) {
    int left = count;
    Iterator<Slot> each = slots.values().iterator();
    while (left > 0 && each.hasNext()) {
      if (each.next().session.type() == NodeType.NORMAL) {
        left--;
      }
    }
    return left <= 0;
  }

  /** NORMAL peers that this node dialled. */
  synchronized int dialledNormal() {
    return dialledNormal;
  }

  synchronized int count() {
    return slots.size();
  }

  /** Admits nobody from now on; returns every session there is. */
  synchronized List<Session> close() {
    closed = true;
    return all();
  }

  /** Every session there is, but those that this node dials and that have not said who they are. */
  synchronized List<Session> all() {
    List<Session> all = new ArrayList<>(handshaking.all());
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
