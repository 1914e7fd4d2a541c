package bdk.p2p.peer;

import bdk.p2p.message.Direction;
import bdk.p2p.message.NodeEntry;
import bdk.p2p.session.Session;
import bdk.p2p.wire.NodeListCodec;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Which peers others are told of; made anew only when the peers have changed. Any thread. */
public final class NodeListing {
  private record Latest(List<Session> sessions, List<NodeEntry> entries, byte[] bytes) {}

  private final SessionRegistry registry;
  private final int answerLimit;
  private final int infoLimit;
  private final RandomGenerator random;
  private volatile Latest latest = new Latest(List.of(), List.of(), new byte[0]);

  /**
   * The listing of the peers in a registry.
   *
   * @param answerLimit how many of them one answer names at most
   * @param infoLimit how many of them a NodeInfo names at most
   */
  public NodeListing(
      SessionRegistry registry, int answerLimit, int infoLimit, RandomGenerator random) {
    this.registry = registry;
    this.answerLimit = answerLimit;
    this.infoLimit = infoLimit;
    this.random = random;
  }

  /** The peers that can be dialled, the oldest first, as many as a NodeInfo names; immutable. */
  public List<NodeEntry> entries() {
    List<NodeEntry> all = current().entries;
    return all.subList(0, Math.min(all.size(), infoLimit));
  }

  /**
   * The encoded answer to who asks for nodes, not to be changed: all of them, or as many as the
   * limit allows from a random place on. Whoever is known to thousands would else spend its upload
   * on lists, and send everybody to the same oldest peers.
   */
  public byte[] answer() {
    Latest known = current();
    int size = known.entries.size();
    if (size <= answerLimit) {
      return known.bytes;
    }
    int start = random.nextInt(size);
    return NodeListCodec.encode(
        IntStream.range(start, start + answerLimit)
            .mapToObj(index -> known.entries.get(index % size))
            .toList());
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
