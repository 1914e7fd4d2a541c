package bdk.p2p.simulator.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.simulator.backend.FreeBlock;
import bdk.p2p.simulator.scenario.Catalogue;
import bdk.p2p.simulator.scenario.ScenarioException;
import bdk.p2p.simulator.scenario.ScenarioWriter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An agent and who commands it, over a real connection. */
@Timeout(120)
class AgentTest {
  private static final String TOKEN = "a token of the test";
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final FreeBlock block = new FreeBlock();
  private InetSocketAddress control;
  private Agent agent;
  private AgentLink link;
  private final BlockingQueue<JsonNode> heard = new LinkedBlockingQueue<>();

  @BeforeEach
  void begin() throws IOException {
    control = new InetSocketAddress(block.address(1), ControlPorts.CONTROL);
    agent = new Agent(new AgentOptions(control, TOKEN, Optional.empty(), Optional.empty()));
    Thread thread = new Thread(agent::run, "agent-test");
    thread.setDaemon(true);
    thread.start();
    link = AgentLink.reach(() -> control, TOKEN, LIMIT);
  }

  @AfterEach
  void end() {
    link.close();
    agent.close();
    block.close();
  }

  private JsonNode await(String event) throws InterruptedException {
    for (JsonNode one = heard.poll(30, TimeUnit.SECONDS);
        one != null;
        one = heard.poll(30, TimeUnit.SECONDS)) {
      if (one.path("event").asText().equals(event)) {
        return one;
      }
    }
    throw new AssertionError("no event " + event);
  }

  private static ObjectNode start(String host) {
    ObjectNode command =
        ControlLine.saying("do", "start")
            .put("scenario", ScenarioWriter.write(Catalogue.get("two-nodes")))
            .put("index", 1)
            .put("address", host);
    command.putArray("seeds");
    return command;
  }

  @Test
  void oneProcessHasOneClock() throws Exception {
    link.measureClock(other -> {});
    assertEquals(5, link.here(5));
  }

  @Test
  void nodeStartsAndTellsOfItself() throws Exception {
    link.listen("test", heard::add, () -> {});
    link.send(start(block.address(0).getHostAddress()));
    await("up");
    JsonNode state = await("state");
    assertEquals(0, state.path("statistics").path("peers").asInt());
    assertTrue(state.path("statistics").path("requests").has("ANSWERED"), state::toString);
  }

  @Test
  void nodeIsWarmBeforeItStarts() throws Exception {
    link.send(
        ControlLine.saying("do", "warm")
            .put("scenario", ScenarioWriter.write(Catalogue.get("two-nodes"))));
    link.await("warm");
  }

  @Test
  void badCommandIsAnErrorInWords() throws Exception {
    link.listen("test", heard::add, () -> {});
    link.send(ControlLine.saying("do", "dance"));
    assertTrue(await("error").path("what").asText().contains("dance"));
    link.send(ControlLine.saying("do", "broadcast").put("command", 5).put("payload", "AA=="));
    assertTrue(await("error").path("what").asText().contains("the node is not up"));
  }

  @Test
  void strangerIsHeardForOneShortLine() throws Exception {
    link.close();
    try (Socket stranger = new Socket(control.getAddress(), control.getPort())) {
      stranger.setSoTimeout((int) LIMIT.toMillis());
      stranger.getOutputStream().write(new byte[4_096]);
      assertThrows(
          IOException.class,
          () -> {
            // More than the system holds for the two.
            for (int count = 0; count < 5_000; count++) {
              stranger.getOutputStream().write(new byte[4_096]);
            }
          });
    }
  }

  /** The first one is silent, and its line stays open. */
  @Test
  void laterControllerTakesOver() throws Exception {
    CountDownLatch isOver = new CountDownLatch(1);
    link.listen("first", event -> {}, isOver::countDown);
    try (AgentLink later = AgentLink.reach(() -> control, TOKEN, LIMIT)) {
      assertTrue(isOver.await(30, TimeUnit.SECONDS), "the first one is told");
      later.listen("later", heard::add, () -> {});
      later.send(ControlLine.saying("do", "dance"));
      await("error");
    }
  }

  @Test
  void laterOneWithAnotherTokenTakesNothingOver() throws Exception {
    assertThrows(
        IOException.class,
        () -> AgentLink.reach(() -> control, "another token", Duration.ofSeconds(1)));
    link.listen("first", heard::add, () -> {});
    link.send(ControlLine.saying("do", "dance"));
    await("error");
  }

  @Test
  void strangersWhoNeverFinishTheirLineKeepNobodyOut() throws Exception {
    link.close();
    List<Socket> strangers = new ArrayList<>();
    try {
      for (int count = 0; count < 40; count++) {
        Socket stranger = new Socket(control.getAddress(), control.getPort());
        strangers.add(stranger);
        stranger.getOutputStream().write('{');
      }
      AgentLink.reach(() -> control, TOKEN, LIMIT).close();
    } finally {
      for (Socket stranger : strangers) {
        stranger.close();
      }
    }
  }

  @Test
  void strangerIsTurnedAwayAtOnce() {
    link.close();
    IOException refused =
        assertTimeoutPreemptively(
            LIMIT,
            () ->
                assertThrows(
                    IOException.class,
                    () -> AgentLink.reach(() -> control, "another token", Duration.ofHours(1))));
    assertEquals("the agent at " + control + " does not take this token", refused.getMessage());
  }

  @Test
  void whoAttachesWithAnotherTokenReadsThatItIsTheToken() {
    link.close();
    ScenarioException refused =
        assertThrows(
            ScenarioException.class,
            () ->
                AttachedFleet.find(
                    Catalogue.get("two-nodes"),
                    List.of(control.getHostString()),
                    control.getPort(),
                    "another token"));
    assertEquals(
        "node number 1 is not found: the agent at " + control + " does not take this token",
        refused.getMessage());
  }
}
