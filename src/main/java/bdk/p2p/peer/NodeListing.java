package bdk.p2p.peer;

import bdk.p2p.message.Direction;
import bdk.p2p.message.NodeEntry;
import bdk.p2p.session.Session;
import bdk.p2p.wire.NodeListCodec;
import java.util.List;

/** Which peers others are told of; made anew only when the peers have changed. Any thread. */
public final class NodeListing {
  private record Latest(List<Session> sessions, List<NodeEntry> entries, byte[] bytes) {}

  private final SessionRegistry registry;
  private volatile Latest latest = new Latest(List.of(), List.of(), new byte[0]);

  /** The listing of the peers in a registry. */
  public NodeListing(SessionRegistry registry) {
    this.registry = registry;
  }

  /** The peers that can be dialled, the oldest first; immutable. */
  public List<NodeEntry> entries() {
    return current().entries;
  }

  /** As {@link #entries}, encoded; not to be changed. */
  public byte[] bytes() {
    return current().bytes;
  }

  private Latest current() {
    List<Session> sessions = registry.sessions();
    Latest known = latest;
    if (known.sessions != sessions) {
      List<NodeEntry> entries =
          sessions.stream()
              .filter(NodeListing::isListed)
              .map(session -> new NodeEntry(session.type(), session.id()))
              .toList();
      known = new Latest(sessions, entries, NodeListCodec.encode(entries));
      latest = known;
    }
    return known;
  }

  /** A node that does not listen announces the port that it dialled from. */
  private static boolean isListed(Session session) {
    boolean listens =
        session.direction() == Direction.OUTBOUND
            || session.id().port() != session.remoteAddress().getPort();
    return listens && session.id().isDialable();
  }
}
