package bdk.p2p.simulator.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is heard, and for how long. */
@Timeout(60)
class AgentDoorTest {
  private static final String TOKEN = "a token of the test";
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(200);

  /** For who is honest, on a machine that stands still for a moment. */
  private static final Duration AMPLE = Duration.ofSeconds(3);

  private static final long BETWEEN_BYTES_NANOS = 20_000_000;

  private static AgentDoor open(Duration helloLimit) throws IOException {
    AgentDoor door =
        new AgentDoor(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), TOKEN, helloLimit);
    door.open();
    return door;
  }

  private static Socket call(AgentDoor door) throws IOException {
    Socket caller = new Socket(door.address().getAddress(), door.address().getPort());
    caller.setSoTimeout((int) LONG.toMillis());
    return caller;
  }

  private static ControlLine hello(AgentDoor door) throws IOException {
    ControlLine line = new ControlLine(call(door));
    line.send(ControlLine.saying("do", "hello").put("token", TOKEN));
    return line;
  }

  /** Each byte comes long before the limit. */
  @Test
  void slowStrangerHasTheLimitForTheWholeLine() throws Exception {
    try (AgentDoor door = open(SHORT);
        Socket stranger = call(door)) {
      assertThrows(
          IOException.class,
          () -> {
            while (true) {
              stranger.getOutputStream().write(' ');
              LockSupport.parkNanos(BETWEEN_BYTES_NANOS);
            }
          });
    }
  }

  @Test
  void whoIsAdmittedHasNoLimitAnyMore() throws Exception {
    try (AgentDoor door = open(AMPLE);
        ControlLine caller = hello(door);
        ControlLine line = door.next()) {
      LockSupport.parkNanos(AMPLE.plus(SHORT).toNanos());
      caller.send(ControlLine.saying("do", "late"));
      assertEquals("late", line.read().path("do").asText());
    }
  }

  @Test
  void laterControllerEndsTheOneBefore() throws Exception {
    try (AgentDoor door = open(LONG);
        ControlLine first = hello(door)) {
      door.next();
      try (ControlLine second = hello(door)) {
        ControlLine line = door.next();
        assertNull(first.read());
        line.send(ControlLine.saying("event", "ready"));
        assertEquals("ready", second.read().path("event").asText());
      }
    }
  }

  @Test
  void ofTooManyStrangersTheLongestThereGoes() throws Exception {
    try (AgentDoor door = open(LONG);
        Socket first = call(door)) {
      Socket[] others = new Socket[16];
      for (int count = 0; count < others.length; count++) {
        others[count] = call(door);
      }
      assertEquals(-1, first.getInputStream().read());
      for (Socket other : others) {
        other.close();
      }
    }
  }

  @Test
  void addressIsFreeWhenItIsClosed() throws Exception {
    InetSocketAddress address;
    try (AgentDoor door = open(LONG)) {
      address = door.address();
    }
    new AgentDoor(address, TOKEN, LONG).close();
  }

  @Test
  void nobodyComesToAClosedDoor() throws Exception {
    AgentDoor door = open(LONG);
    door.close();
    assertNull(door.next());
  }
}
