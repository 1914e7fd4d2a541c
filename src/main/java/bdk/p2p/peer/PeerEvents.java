package bdk.p2p.peer;

import bdk.p2p.message.CloseReason;
import bdk.p2p.message.NodeId;
import bdk.p2p.session.Outbound;
import bdk.p2p.session.Session;
import java.util.List;

/**
 * What the registry tells the floor above. Calls come on event loops and must not block or run user
 * code.
 */
public interface PeerEvents {
  /** A peer is there. Everything the session brought waits until this has returned. */
  void connected(Session session);

  /** The same peer goes on with another session; nobody is to notice. */
  void replaced(Session former, Session survivor);

  /** The loser of a simultaneous dial retires beside the survivor: what it brings counts. */
  void joined(Session survivor, Session retiring);

  /** A peer is gone. */
  void disconnected(Session session, CloseReason reason);

  /** A session ended that never became a peer. */
  void refused(Session session, CloseReason reason);

  /** A session has ended, whatever it was; comes after the call that says what that means. */
  void closed(Session session, CloseReason reason);

  /** Messages that no session will carry any more; the receiver releases them. */
  void lost(Session session, List<Outbound> messages);

  /** Both sessions of a simultaneous dial are gone; to be dialled again after a while. */
  void bothLost(NodeId id);

  /** This id turned out to lead to this very node. */
  void foundSelf(NodeId id);
}
