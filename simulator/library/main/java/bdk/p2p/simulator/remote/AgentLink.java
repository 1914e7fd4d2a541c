package bdk.p2p.simulator.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A controller's end of the control connection to one agent. Any thread may send; what comes is
 * passed on by one thread of its own.
 *
 * <p>Knows the agent's clock: processes of one machine share it, others are asked, and the shortest
 * of a few round trips says how far the clocks are apart, to half of its length.
 */
final class AgentLink implements AutoCloseable {
  private static final int CONNECT_MILLIS = 2_000;
  private static final int ANSWER_MILLIS = 10_000;
  private static final int WARM_MILLIS = 120_000;
  private static final long PAUSE_NANOS = 20_000_000;
  private static final int CLOCK_TRIES = 7;
  private static final int MOST_MEANWHILE = 65_536;

  /** An agent is there and wants another token: asking again changes nothing. */
  private static final class OtherToken extends IOException {
    private static final long serialVersionUID = 1;

    OtherToken(InetSocketAddress address) {
      super("the agent at " + address + " does not take this token");
    }
  }

  private final ControlLine line;
  private final JsonNode ready;
  private final Socket socket;
  private long offsetNanos;

  private AgentLink(Socket socket, ControlLine line, JsonNode ready) {
    this.socket = socket;
    this.line = line;
    this.ready = ready;
  }

  /**
   * Reaches an agent, which may still be starting: a port that is published before its agent
   * listens takes a connection and hangs up.
   *
   * @param where asked anew before each try
   * @throws IOException at once if the agent does not take the token, else if the limit is over,
   *     naming the last failure
   */
  static AgentLink reach(Supplier<InetSocketAddress> where, String token, Duration limit)
      throws IOException {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      InetSocketAddress address = where.get();
      try {
        return open(address, token);
      } catch (OtherToken never) {
        throw never;
      } catch (IOException notYet) {
        if (System.nanoTime() - end > 0) {
          throw new IOException(
              "no agent answers at %s within %d s: %s"
                  .formatted(address, limit.toSeconds(), notYet.getMessage()),
              notYet);
        }
        if (Thread.currentThread().isInterrupted()) {
          throw notYet;
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private static AgentLink open(InetSocketAddress address, String token) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(address, CONNECT_MILLIS);
      socket.setSoTimeout(ANSWER_MILLIS);
      ControlLine line = new ControlLine(socket);
      line.send(ControlLine.saying("do", "hello").put("token", token));
      JsonNode ready = line.read();
      if (ready == null) {
        throw new IOException("it hangs up");
      }
      String event = ready.path("event").asText();
      if (event.equals("refused-controller")) {
        throw new OtherToken(address);
      }
      if (!event.equals("ready")) {
        throw new IOException("it is not ready but says " + event);
      }
      return new AgentLink(socket, line, ready);
    } catch (IOException failure) {
      socket.close();
      throw failure;
    }
  }

  /** What the agent said first: {@code node} and {@code address}, if its node is up. */
  JsonNode ready() {
    return ready;
  }

  /**
   * Measures the clock. What else comes meanwhile is passed on when the clock is known, so that
   * {@link #here} holds for it, too. Before {@link #listen}.
   *
   * @throws IOException if the connection fails, or more than {@value #MOST_MEANWHILE} events come
   */
  void measureClock(Consumer<JsonNode> others) throws IOException {
    List<JsonNode> meanwhile = new ArrayList<>();
    measureClock(meanwhile);
    meanwhile.forEach(others);
  }

  private void measureClock(List<JsonNode> meanwhile) throws IOException {
    long best = Long.MAX_VALUE;
    for (int tried = 0; tried < CLOCK_TRIES; tried++) {
      long sent = System.nanoTime();
      send(ControlLine.saying("do", "clock").put("sent", sent));
      JsonNode answer = line.read();
      while (answer != null && !answer.path("event").asText().equals("clock")) {
        if (meanwhile.size() == MOST_MEANWHILE) {
          throw new IOException("more than " + MOST_MEANWHILE + " events before the clock");
        }
        meanwhile.add(answer);
        answer = line.read();
      }
      if (answer == null) {
        throw new IOException("the agent has gone");
      }
      long trip = System.nanoTime() - sent;
      if (trip < best) {
        best = trip;
        offsetNanos = sent + trip / 2 - answer.path("nanos").asLong();
      }
    }
    if (Math.abs(offsetNanos) <= best / 2) {
      // One and the same clock, as far as anybody can tell.
      offsetNanos = 0;
    }
  }

  /** Waits until it has carried out what it answers with an event. Before {@link #listen}. */
  void await(String event) throws IOException {
    socket.setSoTimeout(WARM_MILLIS);
    for (JsonNode one = line.read(); one != null; one = line.read()) {
      if (one.path("event").asText().equals(event)) {
        return;
      }
    }
    throw new IOException("the agent has gone");
  }

  /** An instant of the agent's on this process's clock. */
  long here(long agentNanos) {
    return agentNanos + offsetNanos;
  }

  /** Passes on all that comes, on a thread of its own, until the end. */
  void listen(String name, Consumer<JsonNode> hearer, Runnable end) throws IOException {
    socket.setSoTimeout(0);
    Thread reader =
        new Thread(
            () -> {
              try {
                for (JsonNode one = line.read(); one != null; one = line.read()) {
                  hearer.accept(one);
                }
              } catch (IOException gone) {
                // As good as its end.
              } finally {
                end.run();
              }
            },
            "bdk-sim-agent-" + name);
    reader.setDaemon(true);
    reader.start();
  }

  void send(ObjectNode command) throws IOException {
    line.send(command);
  }

  @Override
  public void close() {
    line.close();
  }
}
