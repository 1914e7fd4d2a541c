package bdk.p2p.simulator.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A controller's end of the line, with an agent of another machine that follows a script. */
@Timeout(60)
class AgentLinkTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** That machine has been up for so much longer. */
  private static final long AHEAD_NANOS = Duration.ofDays(10).toNanos();

  /** Far more than a round trip takes here, and far less than the clocks are apart. */
  private static final long NEAR_NANOS = Duration.ofMinutes(1).toNanos();

  private ServerSocket door;
  private InetSocketAddress control;

  /** What an agent does with its line. */
  private interface Script {
    void follow(ControlLine line) throws IOException;
  }

  @BeforeEach
  void begin() throws IOException {
    door = new ServerSocket(0, 4, InetAddress.getLoopbackAddress());
    control = new InetSocketAddress(door.getInetAddress(), door.getLocalPort());
  }

  @AfterEach
  void end() throws IOException {
    door.close();
  }

  /** An agent that follows a script with whoever comes next. */
  private void agent(Script script) {
    Thread thread =
        new Thread(
            () -> {
              try (ControlLine line = new ControlLine(door.accept())) {
                script.follow(line);
              } catch (IOException gone) {
                // The test is over.
              }
            },
            "agent-link-test");
    thread.setDaemon(true);
    thread.start();
  }

  private static long clock() {
    return System.nanoTime() + AHEAD_NANOS;
  }

  private static void answerClocks(ControlLine line) throws IOException {
    for (JsonNode asked = line.read(); asked != null; asked = line.read()) {
      line.send(
          ControlLine.saying("event", "clock")
              .put("sent", asked.path("sent").asLong())
              .put("nanos", clock()));
    }
  }

  @Test
  void sessionsThatWereThereBeforeTheClockAreOnItAllTheSame() throws Exception {
    agent(
        line -> {
          line.read();
          line.send(ControlLine.saying("event", "ready"));
          for (int peer = 0; peer < 3; peer++) {
            line.send(
                ControlLine.saying("event", "connected").put("peer", peer).put("nanos", clock()));
          }
          answerClocks(line);
        });
    try (AgentLink link = AgentLink.reach(() -> control, "a token", LIMIT)) {
      List<Integer> peers = new ArrayList<>();
      link.measureClock(
          event -> {
            peers.add(event.path("peer").asInt());
            long apart = link.here(event.path("nanos").asLong()) - System.nanoTime();
            assertTrue(Math.abs(apart) < NEAR_NANOS, () -> apart + " ns from now");
          });
      assertEquals(List.of(0, 1, 2), peers);
    }
  }

  @Test
  void whoHangsUpBeforeItAnswersIsAskedAgain() throws Exception {
    agent(
        line -> {
          line.close();
          try (ControlLine next = new ControlLine(door.accept())) {
            next.read();
            next.send(ControlLine.saying("event", "ready").put("node", 3));
          }
        });
    try (AgentLink link = AgentLink.reach(() -> control, "a token", LIMIT)) {
      assertEquals(3, link.ready().path("node").asInt());
    }
  }

  @Test
  void whoIsNeverReachedSaysWhatFailedLast() throws Exception {
    door.close();
    IOException failure =
        assertThrows(
            IOException.class, () -> AgentLink.reach(() -> control, "a token", Duration.ZERO));
    assertEquals(
        "no agent answers at " + control + " within 0 s: " + failure.getCause().getMessage(),
        failure.getMessage());
  }
}
