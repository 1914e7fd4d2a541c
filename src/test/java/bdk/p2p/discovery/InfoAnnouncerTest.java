package bdk.p2p.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class InfoAnnouncerTest {
  private static long gatherMillis(int peers) {
    return InfoAnnouncer.gather(peers, Duration.ofSeconds(1)).toMillis();
  }

  @Test
  void changesOfManyPeersAreGatheredLongerButNoLongerThanTheInterval() {
    assertEquals(100, gatherMillis(0));
    assertEquals(100, gatherMillis(1_000));
    assertEquals(500, gatherMillis(5_000));
    assertEquals(1_000, gatherMillis(10_000));
    assertEquals(1_000, gatherMillis(100_000));
    assertEquals(50, InfoAnnouncer.gather(0, Duration.ofMillis(50)).toMillis());
  }
}
