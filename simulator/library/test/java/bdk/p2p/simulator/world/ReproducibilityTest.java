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
        "20d7496af3a99951c95e041317db9ba9b19abe3866d54d2b6e7b7a63ca0b2767 3959",
        RandomTraffic.digest(42));
  }
}
