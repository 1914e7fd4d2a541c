package bdk.p2p.peer;

import bdk.p2p.message.Direction;
import bdk.p2p.message.NodeEntry;
import bdk.p2p.session.Session;
import java.util.List;

/** Which peers others are told of. No state. */
public final class NodeListing {
  private NodeListing() {}

  /** The peers that can be dialled, in the given order. */
  public static List<NodeEntry> of(List<Session> sessions) {
    return sessions.stream()
        .filter(NodeListing::isListed)
        .map(session -> new NodeEntry(session.type(), session.id()))
        .toList();
  }

  /** A node that does not listen announces the port that it dialled from. */
  private static boolean isListed(Session session) {
    boolean listens =
        session.direction() == Direction.OUTBOUND
            || session.id().port() != session.remoteAddress().getPort();
    return listens && session.id().isDialable();
  }
}
