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
        "6ff672e21808c1a6121cd52e6247c65c89b2b56c91120d3c0d76aff0ea31772e 2491",
        RandomTraffic.digest(42));
  }
}
