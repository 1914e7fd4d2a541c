package bdk.p2p.simulator.run;

import bdk.p2p.simulator.world.Connection;
import bdk.p2p.simulator.world.ConnectionEnd;
import bdk.p2p.simulator.world.Host;
import bdk.p2p.simulator.world.NetworkObserver;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Writes down every connection that became a session: both ends got bytes of the other, which a
 * connection does not that is refused before the handshake. Driver's thread only.
 */
final class LinkRecorder implements NetworkObserver {
  private static final class Entry {
    final long fromNanos;
    long untilNanos = -1;
    int openEnds;
    boolean diallerGot;
    boolean acceptorGot;

    Entry(long fromNanos) {
      this.fromNanos = fromNanos;
    }

    boolean isSession() {
      return diallerGot && acceptorGot;
    }
  }

  private final Map<Connection, Entry> connections = new LinkedHashMap<>();

  @Override
  public void connectionOpened(Connection connection, ConnectionEnd end, long nanos) {
    connections.computeIfAbsent(connection, one -> new Entry(nanos)).openEnds++;
  }

  @Override
  public void connectionClosed(Connection connection, ConnectionEnd end, long nanos) {
    Entry entry = connections.get(connection);
    if (entry != null) {
      entry.openEnds--;
      entry.untilNanos = nanos;
      if (entry.openEnds <= 0 && !entry.isSession()) {
        connections.remove(connection);
      }
    }
  }

  @Override
  public void bytesDelivered(
      Connection connection, ConnectionEnd receiver, int byteCount, long nanos) {
    Entry entry = connections.get(connection);
    if (entry != null && receiver == ConnectionEnd.DIALLER) {
      entry.diallerGot = true;
    } else if (entry != null) {
      entry.acceptorGot = true;
    }
  }

  /** Sessions open at both ends now. */
  int openCount() {
    return (int)
        connections.values().stream()
            .filter(entry -> entry.openEnds == 2 && entry.isSession())
            .count();
  }

  List<LinkRecord> links(Function<Host, SimulatedNode> nodes, long endNanos) {
    List<LinkRecord> links = new ArrayList<>();
    connections.forEach(
        (connection, entry) -> {
          if (entry.isSession()) {
            links.add(
                new LinkRecord(
                    nodes.apply(connection.host(ConnectionEnd.DIALLER)),
                    nodes.apply(connection.host(ConnectionEnd.ACCEPTOR)),
                    entry.fromNanos,
                    entry.openEnds > 0 ? endNanos : entry.untilNanos));
          }
        });
    return links;
  }
}
