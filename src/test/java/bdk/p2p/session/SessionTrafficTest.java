package bdk.p2p.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SessionTrafficTest {
  @Test
  void countsOfSessionsAddUpToThoseOfTheirNode() {
    TrafficCounters node = new TrafficCounters();
    SessionTraffic one = new SessionTraffic(node);
    SessionTraffic other = new SessionTraffic(node);
    one.received(2, 300);
    one.received(1, 5_000_000_000L);
    one.sent(7, 11);
    other.received(0, 13);
    other.sent(1, 17);
    assertEquals(3, one.messagesIn());
    assertEquals(5_000_000_300L, one.bytesIn());
    assertEquals(7, one.messagesOut());
    assertEquals(11, one.bytesOut());
    assertEquals(0, other.messagesIn());
    assertEquals(13, other.bytesIn());
    assertEquals(3, node.messagesIn());
    assertEquals(5_000_000_313L, node.bytesIn());
    assertEquals(8, node.messagesOut());
    assertEquals(28, node.bytesOut());
  }
}
