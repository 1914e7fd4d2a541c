package bdk.p2p.simulator.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class ReproducibilityTest {
  @Test
  void equalSeedsGiveEqualDigests() {
    for (long seed = 1; seed <= 10; seed++) {
      assertEquals(RandomTraffic.digest(seed), RandomTraffic.digest(seed));
    }
  }

  @Test
  void anotherSeedGivesAnotherDigest() {
    assertNotEquals(RandomTraffic.digest(1), RandomTraffic.digest(2));
  }

  /** Known from other machines and other versions of Java. */
  @Test
  void theDigestOfASeedIsTheSameEverywhere() {
    assertEquals(
        "b40b5cd01926eb2e4dcfb66f727d43283f56cd8a9666aa886296a49e037779fc 2495",
        RandomTraffic.digest(42));
  }
}
