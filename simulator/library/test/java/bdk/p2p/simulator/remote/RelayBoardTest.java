package bdk.p2p.simulator.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.simulator.backend.FreeBlock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A relay over real sockets: what passes is the same, and as late as the way takes. */
class RelayBoardTest {
  private static final long MILLI = 1_000_000;
  private static final int TO = 9_876;

  private final FreeBlock block = new FreeBlock();
  private final RelayBoard board = new RelayBoard();
  private ServerSocket far;

  @BeforeEach
  void begin() throws IOException {
    far = new ServerSocket();
    far.setReuseAddress(true);
    far.setSoTimeout(20_000);
    far.bind(new InetSocketAddress(block.address(0), ControlPorts.NODE));
    board.set(
        List.of(new Route(TO, block.address(0).getHostAddress(), 40 * MILLI, 60 * MILLI, 0, 0, 0)));
  }

  @AfterEach
  void end() throws IOException {
    board.close();
    far.close();
    block.close();
  }

  private static Socket dial() throws IOException {
    Socket near = new Socket(InetAddress.getLoopbackAddress(), ControlPorts.RELAY_FIRST + TO);
    near.setSoTimeout(20_000);
    return near;
  }

  private static long roundTrip(Socket near, Socket accepted) throws IOException {
    long sent = System.nanoTime();
    near.getOutputStream().write(7);
    assertEquals(7, accepted.getInputStream().read());
    accepted.getOutputStream().write(8);
    assertEquals(8, near.getInputStream().read());
    return System.nanoTime() - sent;
  }

  @Test
  void bytesTakeAsLongAsTheWay() throws IOException {
    long dialled = System.nanoTime();
    try (Socket near = dial();
        Socket accepted = far.accept()) {
      accepted.setSoTimeout(20_000);
      assertTrue(System.nanoTime() - dialled >= 40 * MILLI, "the dial takes the way there");
      assertTrue(roundTrip(near, accepted) >= 100 * MILLI);
      assertTrue(roundTrip(near, accepted) >= 100 * MILLI);
      assertTrue(accepted.getPort() >= ControlPorts.DIAL_FIRST);
      assertTrue(accepted.getPort() <= ControlPorts.DIAL_LAST);
    }
  }

  @Test
  void faultMakesItLongerUntilItEnds() throws IOException {
    try (Socket near = dial();
        Socket accepted = far.accept()) {
      accepted.setSoTimeout(20_000);
      roundTrip(near, accepted);
      board.delay(3, new Detour(Set.of(TO), Set.of(), 300 * MILLI, 0, new AtomicLong()));
      assertTrue(roundTrip(near, accepted) >= 400 * MILLI);
      assertEquals(Map.of(3, 1L), board.delayed());
      board.straight(3);
      roundTrip(near, accepted);
      assertEquals(Map.of(3, 1L), board.delayed(), "what it delays it counts");
    }
  }

  @Test
  void faultThatIsToldTwiceHoldsOnceAndCountsOn() throws IOException {
    try (Socket near = dial();
        Socket accepted = far.accept()) {
      accepted.setSoTimeout(20_000);
      // The dial asks how long the way takes, too.
      roundTrip(near, accepted);
      board.delay(3, new Detour(Set.of(TO), Set.of(), MILLI, 0, new AtomicLong()));
      roundTrip(near, accepted);
      board.delay(3, new Detour(Set.of(TO), Set.of(), MILLI, 0, new AtomicLong()));
      roundTrip(near, accepted);
      assertEquals(Map.of(3, 2L), board.delayed());
    }
  }

  @Test
  void endsPass() throws IOException {
    try (Socket near = dial();
        Socket accepted = far.accept()) {
      accepted.setSoTimeout(20_000);
      roundTrip(near, accepted);
      accepted.shutdownOutput();
      assertEquals(-1, near.getInputStream().read());
    }
  }

  @Test
  void resetsPassBothWays() throws IOException {
    try (Socket near = dial();
        Socket accepted = far.accept()) {
      accepted.setSoTimeout(20_000);
      roundTrip(near, accepted);
      reset(accepted);
      assertThrows(SocketException.class, () -> near.getInputStream().read());
    }
    try (Socket near = dial();
        Socket accepted = far.accept()) {
      accepted.setSoTimeout(20_000);
      roundTrip(near, accepted);
      reset(near);
      assertThrows(SocketException.class, () -> accepted.getInputStream().read());
    }
  }

  private static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** A node that has returned meets what its former life has left. */
  @Test
  void portInUseIsPassedBy() throws IOException {
    int next = RelayDial.nextPort() + 1;
    try (ServerSocket taken = new ServerSocket(next);
        ServerSocket takenToo = new ServerSocket(next + 1);
        Socket near = dial();
        Socket accepted = far.accept()) {
      accepted.setSoTimeout(20_000);
      assertTrue(accepted.getPort() > takenToo.getLocalPort());
      assertTrue(taken.isBound());
      roundTrip(near, accepted);
    }
  }

  @Test
  void refusedDialIsAResetConnection() throws IOException {
    far.close();
    try (Socket near = dial()) {
      assertThrows(SocketException.class, () -> near.getInputStream().read());
    }
  }
}
