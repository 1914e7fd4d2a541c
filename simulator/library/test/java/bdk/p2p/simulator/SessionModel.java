package bdk.p2p.simulator;

import bdk.p2p.message.RequestOutcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * What has to become of two sides that connect, talk and part, in a few lines and without a byte:
 * everything takes one latency to the other side, in order, and nothing else takes any time.
 */
final class SessionModel {
  /** Ends with a tenth of a millisecond, like no instant of an action and no deadline. */
  static final long LATENCY_MICROS = 20_100;

  /** What one side is to have seen and done by now. */
  static final class Side {
    final List<String> news = new ArrayList<>();
    final List<Integer> received = new ArrayList<>();
    final List<Integer> toAnswer = new ArrayList<>();
    final Map<Integer, RequestOutcome> ended = new HashMap<>();
    final List<Integer> asked = new ArrayList<>();
    int unsent;
    int unanswerable;
    int unmatched;
    int opened;
    private Connection connection;
  }

  /** One side's end of a connection: opens at most once, and ends after that. */
  private static final class End {
    boolean open;
    boolean ended;
    long closedMicros = -1;
  }

  private static final class Connection {
    final End[] ends = {new End(), new End()};
  }

  private record Event(long atMicros, int number, Runnable what) {}

  final Side[] sides = {new Side(), new Side()};
  private final PriorityQueue<Event> agenda =
      new PriorityQueue<>(Comparator.comparing(Event::atMicros).thenComparing(Event::number));
  private final Map<Integer, Connection> requestedOn = new HashMap<>();
  private Connection latest;
  private long nowMicros;
  private int number;

  void pass(long micros) {
    long end = nowMicros + micros;
    while (!agenda.isEmpty() && agenda.peek().atMicros() <= end) {
      Event next = agenda.remove();
      nowMicros = next.atMicros();
      next.what().run();
    }
    nowMicros = end;
  }

  private void after(long micros, Runnable what) {
    agenda.add(new Event(nowMicros + micros, number++, what));
  }

  // ---- what may be done ----

  /** One dial at a time: what crosses is another model's. */
  boolean mayDial(int side) {
    return sides[side].connection == null && (latest == null || latest.ends[side].ended);
  }

  boolean isOpen(int side) {
    return sides[side].connection != null;
  }

  /** Requests on the open session of this side that have not ended. */
  int pending(int side) {
    Side one = sides[side];
    return (int)
        one.asked.stream()
            .filter(request -> requestedOn.get(request) == one.connection)
            .filter(request -> !one.ended.containsKey(request))
            .count();
  }

  // ---- actions ----

  void dial(int side) {
    Connection connection = new Connection();
    latest = connection;
    after(2 * LATENCY_MICROS, () -> open(connection, side));
    after(3 * LATENCY_MICROS, () -> open(connection, 1 - side));
  }

  private void open(Connection connection, int side) {
    connection.ends[side].open = true;
    sides[side].connection = connection;
    sides[side].opened++;
    sides[side].news.add("+");
  }

  void tell(int side, int note) {
    Connection connection = sides[side].connection;
    arrives(connection, 1 - side, () -> sides[1 - side].received.add(note));
  }

  /** At the other side, unless that has ended meanwhile. */
  private void arrives(Connection connection, int side, Runnable what) {
    after(
        LATENCY_MICROS,
        () -> {
          End end = connection.ends[side];
          if (end.open && !end.ended) {
            what.run();
          }
        });
  }

  void ask(int side, int request, long limitMicros) {
    Connection connection = sides[side].connection;
    sides[side].asked.add(request);
    requestedOn.put(request, connection);
    after(limitMicros, () -> end(side, request, RequestOutcome.TIMED_OUT));
    long sentMicros = nowMicros;
    arrives(
        connection,
        1 - side,
        () -> {
          if (connection.ends[side].closedMicros == sentMicros) {
            // The end comes with it, before a worker does: nobody is left to be answered.
            sides[1 - side].unanswerable++;
          } else {
            sides[1 - side].toAnswer.add(request);
          }
        });
  }

  private boolean end(int side, int request, RequestOutcome outcome) {
    return sides[side].ended.putIfAbsent(request, outcome) == null;
  }

  void cancel(int side, int request) {
    end(side, request, RequestOutcome.CANCELLED);
  }

  /** On the connection that the request came on. */
  void answer(int side, int request) {
    sides[side].toAnswer.remove((Integer) request);
    Connection connection = requestedOn.get(request);
    if (connection.ends[side].ended) {
      sides[side].unsent++;
    } else {
      arrives(
          connection,
          1 - side,
          () -> {
            if (!end(1 - side, request, RequestOutcome.ANSWERED)) {
              sides[1 - side].unmatched++;
            }
          });
    }
  }

  /** A connection in virtual time is closed as a whole, so this side is done at once. */
  void close(int side) {
    Connection connection = sides[side].connection;
    connection.ends[side].closedMicros = nowMicros;
    ended(connection, side, "-DISCONNECTED");
    after(LATENCY_MICROS, () -> ended(connection, 1 - side, "-CLOSED_BY_PEER"));
  }

  private void ended(Connection connection, int side, String news) {
    if (connection.ends[side].ended) {
      return;
    }
    connection.ends[side].ended = true;
    sides[side].connection = null;
    sides[side].news.add(news);
    for (int request : sides[side].asked) {
      if (requestedOn.get(request) == connection) {
        end(side, request, RequestOutcome.PEER_GONE);
      }
    }
  }
}
