package bdk.p2p.discovery;

import bdk.p2p.message.NodeEntry;
import bdk.p2p.message.NodeId;
import bdk.p2p.session.Session;
import java.util.List;
import java.util.function.Consumer;

/** What the discovery worker lets the floor above do for it. Calls come on one event loop. */
public interface Network {
  /** The sessions of all peers. */
  List<Session> sessions();

  /** How many peers there are; does not look at each. */
  int peers();

  /** True if so many of them are NORMAL; looks at no more than it needs for that. */
  boolean hasNormalPeers(int count);

  /** NORMAL peers that this node has dialled itself. */
  int dialledPeers();

  /** Starts a dial, unless one to this id is under way or there are too many. */
  void dial(NodeId id);

  /** True if the peer is connected or being dialled, or is not to be dialled. */
  boolean isBusy(NodeId id);

  /** Dials that are under way. */
  int dialing();

  /** Asks a peer for its peers; the consumer gets an answer, if there is one, on any thread. */
  void askForNodes(Session session, Consumer<List<NodeEntry>> answer);
}
