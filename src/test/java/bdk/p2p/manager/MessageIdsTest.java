package bdk.p2p.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MessageIdsTest {
  /** The first numbers of SplitMix64 with seed 0, one state later, as its authors publish them. */
  @Test
  void areThoseOfSplitMix() {
    MessageIds ids = new MessageIds(0x9e3779b97f4a7c15L);
    assertEquals(0xe220a8397b1dcdafL, ids.next());
    assertEquals(0x6e789e6aa1b965f4L, ids.next());
    assertEquals(0x06c45d188009454fL, ids.next());
  }

  @Test
  void differEachTimeAndForEachSeed() {
    MessageIds ids = new MessageIds(7);
    Set<Long> seen = new HashSet<>();
    for (int n = 0; n < 10_000; n++) {
      seen.add(ids.next());
    }
    assertEquals(10_000, seen.size());
    assertNotEquals(new MessageIds(1).next(), new MessageIds(2).next());
  }
}
