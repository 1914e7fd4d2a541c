package bdk.p2p.simulator.world;

import static bdk.p2p.simulator.world.Rig.MILLI;
import static bdk.p2p.simulator.world.Rig.buffer;
import static bdk.p2p.simulator.world.Rig.randomBytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObserverTest {
  @Test
  void anObserverSeesOpeningsBytesAndClosingsOfBothEnds() {
    try (Rig rig = new Rig()) {
      Notes notes = new Notes();
      rig.world.observe(notes);
      Rig.Pair pair = rig.pair(rig.host(1), rig.host(2));
      pair.acceptor.channel.writeAndFlush(buffer(randomBytes(100_000)));
      rig.runMillis(100);
      pair.dialler.channel.close();
      rig.runMillis(100);
      assertEquals(
          List.of(
              "1 open at ACCEPTOR of host 1 (10.0.0.2) 10 ms",
              "1 open at DIALLER of host 0 (10.0.0.1) 20 ms",
              "1 closed at DIALLER of host 0 (10.0.0.1) 120 ms",
              "1 closed at ACCEPTOR of host 1 (10.0.0.2) 130 ms"),
          notes.seen);
      assertEquals(100_000, notes.diallerBytes);
    }
  }

  @Test
  void aCrashClosesTheEndOfItsHostOnly() {
    try (Rig rig = new Rig()) {
      Notes notes = new Notes();
      rig.world.observe(notes);
      Host acceptor = rig.host(2);
      rig.pair(rig.host(1), acceptor);
      acceptor.crash();
      rig.runMillis(100);
      assertEquals(3, notes.seen.size());
      assertTrue(notes.seen.get(2).startsWith("1 closed at ACCEPTOR"), notes.seen.get(2));
    }
  }

  private static final class Notes implements NetworkObserver {
    private final List<String> seen = new ArrayList<>();
    private int diallerBytes;

    @Override
    public void connectionOpened(Connection connection, ConnectionEnd end, long nanos) {
      note("open", connection, end, nanos);
    }

    @Override
    public void connectionClosed(Connection connection, ConnectionEnd end, long nanos) {
      note("closed", connection, end, nanos);
    }

    @Override
    public void bytesDelivered(
        Connection connection, ConnectionEnd receiver, int byteCount, long nanos) {
      assertEquals(ConnectionEnd.DIALLER, receiver);
      diallerBytes += byteCount;
    }

    private void note(String what, Connection connection, ConnectionEnd end, long nanos) {
      Host host = connection.host(end);
      long millis = nanos / MILLI;
      seen.add("%d %s at %s of %s %d ms".formatted(connection.id(), what, end, host, millis));
    }
  }
}
