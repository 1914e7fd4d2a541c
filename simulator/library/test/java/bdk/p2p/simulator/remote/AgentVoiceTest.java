package bdk.p2p.simulator.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an agent says, to listeners that read and to one that does not. */
@Timeout(60)
class AgentVoiceTest {
  private static final int MOST_WAITING = 16;
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** Together far more than the system holds between the two. */
  private static final int LINES = 500;

  private static final String LONG = "x".repeat(64 * 1_024);

  private ServerSocket door;

  /** Two ends of a line. */
  private record Ends(ControlLine near, ControlLine far) implements AutoCloseable {
    @Override
    public void close() {
      near.close();
      far.close();
    }
  }

  @BeforeEach
  void begin() throws IOException {
    door = new ServerSocket(0, 4, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void end() throws IOException {
    door.close();
  }

  private Ends ends() throws IOException {
    Socket far = new Socket(door.getInetAddress(), door.getLocalPort());
    far.setSoTimeout(30_000);
    return new Ends(new ControlLine(door.accept()), new ControlLine(far));
  }

  private static ObjectNode line(int number) {
    return ControlLine.saying("event", LONG).put("number", number);
  }

  @Test
  void listenerThatReadsNothingLosesItsLineAndNobodyWaitsForIt() throws Exception {
    AgentVoice voice = AgentVoice.start(MOST_WAITING, PATIENCE);
    try (Ends hung = ends();
        Ends next = ends()) {
      voice.listener(hung.near());
      for (int number = 0; number < LINES; number++) {
        voice.say(line(number));
      }
      int heard = 0;
      for (JsonNode one = readOf(hung); one != null; one = readOf(hung)) {
        assertEquals(heard++, one.path("number").asInt());
      }
      int all = heard;
      assertTrue(all < LINES, () -> all + " lines");

      voice.listener(next.near());
      voice.say(line(-1));
      assertEquals(-1, next.far().read().path("number").asInt(), "none of those that were left");
    }
  }

  /** Null at its end, in whatever way it came. */
  private static JsonNode readOf(Ends ends) {
    try {
      return ends.far().read();
    } catch (IOException cut) {
      return null;
    }
  }

  @Test
  void slowListenerHearsEverything() throws Exception {
    AgentVoice voice = AgentVoice.start(MOST_WAITING, Duration.ofSeconds(30));
    try (Ends slow = ends()) {
      voice.listener(slow.near());
      Thread speaker =
          new Thread(
              () -> {
                for (int number = 0; number < LINES; number++) {
                  voice.say(line(number));
                }
              },
              "agent-voice-test");
      speaker.setDaemon(true);
      speaker.start();
      for (int number = 0; number < LINES; number++) {
        assertEquals(number, slow.far().read().path("number").asInt());
      }
    }
  }

  @Test
  void nobodyListensNothingWaits() {
    AgentVoice voice = AgentVoice.start(1, Duration.ofDays(1));
    voice.say(line(0));
    voice.say(line(1));
    voice.listener(null);
    voice.say(line(2));
  }
}
