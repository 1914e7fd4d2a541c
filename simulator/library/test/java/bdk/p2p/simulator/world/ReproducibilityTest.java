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
        "fef15ef0612601604a069352ea4d43b0e998090038bca8f8f66722d20431b00e 2493",
        RandomTraffic.digest(42));
  }
}
