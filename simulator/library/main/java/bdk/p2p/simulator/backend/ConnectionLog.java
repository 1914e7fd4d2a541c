package bdk.p2p.simulator.backend;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes down every connection, and forgets those that ended before they were sessions, as a
 * connection does that is refused before the handshake. Any thread; guarded by this.
 */
final class ConnectionLog {
  private static final class Entry {
    final int dialler;
    final int acceptor;
    final long fromNanos;
    long wholeUntilNanos = Long.MAX_VALUE;
    long untilNanos = -1;
    int openEnds;
    boolean diallerGot;
    boolean acceptorGot;

    Entry(int dialler, int acceptor, long fromNanos) {
      this.dialler = dialler;
      this.acceptor = acceptor;
      this.fromNanos = fromNanos;
    }

    boolean isSession() {
      return diallerGot && acceptorGot;
    }
  }

  private final Map<Long, Entry> connections = new LinkedHashMap<>();
  // Those that are no sessions yet: few, so that bytes of a session find nothing at once.
  private final Map<Long, Entry> young = new HashMap<>();

  /** One end is open. */
  synchronized void opened(long connection, int dialler, int acceptor, long nanos) {
    Entry entry =
        connections.computeIfAbsent(connection, one -> new Entry(dialler, acceptor, nanos));
    entry.openEnds++;
    if (!entry.isSession()) {
      young.put(connection, entry);
    }
  }

  /** One end is closed. */
  synchronized void closed(long connection, long nanos) {
    Entry entry = connections.get(connection);
    if (entry != null) {
      entry.openEnds--;
      entry.wholeUntilNanos = Math.min(entry.wholeUntilNanos, nanos);
      entry.untilNanos = nanos;
      if (entry.openEnds <= 0 && !entry.isSession()) {
        connections.remove(connection);
        young.remove(connection);
      }
    }
  }

  /** One end has got bytes. */
  synchronized void delivered(long connection, boolean toDialler) {
    Entry entry = young.isEmpty() ? null : young.get(connection);
    if (entry == null) {
      return;
    }
    if (toDialler) {
      entry.diallerGot = true;
    } else {
      entry.acceptorGot = true;
    }
    if (entry.isSession()) {
      young.remove(connection);
    }
  }

  /** Sessions open at both ends now. */
  synchronized int openCount() {
    return (int)
        connections.values().stream()
            .filter(entry -> entry.openEnds == 2 && entry.isSession())
            .count();
  }

  /** Connections, sessions or not, of which an end is open. */
  synchronized int unfinishedCount() {
    return (int) connections.values().stream().filter(entry -> entry.openEnds > 0).count();
  }

  synchronized List<ConnectionRecord> sessions(long nowNanos) {
    List<ConnectionRecord> sessions = new ArrayList<>();
    for (Entry entry : connections.values()) {
      if (entry.isSession()) {
        long until = entry.openEnds > 0 ? nowNanos : entry.untilNanos;
        long wholeUntil = Math.min(entry.wholeUntilNanos, nowNanos);
        sessions.add(
            new ConnectionRecord(
                entry.dialler, entry.acceptor, entry.fromNanos, wholeUntil, until));
      }
    }
    return sessions;
  }
}
