package bdk.p2p.simulator.fault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What several rules together make of one passage of a hundred bytes. */
class RuleBookTest {
  private final RuleBook book = new RuleBook();
  private final List<Integer> shown = new ArrayList<>();

  private void add(Fate fate) {
    book.add(
        passage -> {
          shown.add(passage.byteCount());
          return fate;
        });
  }

  private Fate judge() {
    return book.judge(new Passage(Passage.Kind.BYTES, 0, 1, 2, 100, 3, 0, 0, false));
  }

  @Test
  void delaysAddUpAndTheShortestRestIsLeft() {
    add(Fate.delay(10));
    add(Fate.truncate(50));
    add(Fate.delay(5));
    add(Fate.truncate(60));
    Fate fate = judge();
    assertEquals(Fate.Outcome.PASS, fate.outcome());
    assertEquals(15, fate.delayNanos());
    assertEquals(50, fate.keptBytes());
    assertEquals(List.of(100, 100, 100, 100), shown);
  }

  @Test
  void firstThatStopsItDecides() {
    add(Fate.delay(10));
    add(Fate.LOSE);
    add(Fate.CUT);
    assertSame(Fate.LOSE, judge());
    assertEquals(List.of(100, 100), shown);
  }

  @Test
  void whatIsHeldWhollyIsShownToNoneBehind() {
    add(Fate.HOLD);
    add(Fate.delay(1));
    assertSame(Fate.HOLD, judge());
    assertEquals(List.of(100), shown);
  }

  @Test
  void firstBytesOfWhatIsHeldAreTreatedByAll() {
    add(Fate.delay(10));
    add(Fate.hold(40));
    add(Fate.delay(5));
    add(Fate.truncate(7));
    add(Fate.alter(bytes -> bytes.put(0, (byte) 1)));
    add(Fate.hold(30));
    Fate fate = judge();
    assertEquals(List.of(100, 100, 40, 40, 40, 40), shown);
    assertEquals(Fate.Outcome.HOLD, fate.outcome());
    assertEquals(30, fate.passedBytes());
    assertEquals(15, fate.delayNanos());
    assertEquals(7, fate.keptBytes());
    byte[] bytes = new byte[2];
    fate.alteration().accept(ByteBuffer.wrap(bytes));
    assertArrayEquals(new byte[] {1, 0}, bytes);
  }

  @Test
  void whatIsDoneToASegmentOnceIsDoneToTheRestOfIt() {
    add(Fate.hold(40));
    book.add(
        new WhollyPassed(
            passage -> {
              shown.add(-passage.byteCount());
              return Fate.truncate(1);
            },
            false));
    Fate fate = judge();
    assertEquals(List.of(100), shown);
    assertEquals(Fate.ALL, fate.keptBytes());
  }

  @Test
  void firstBytesMayBeStoppedByThoseBehind() {
    add(Fate.hold(40));
    add(Fate.CUT);
    assertSame(Fate.CUT, judge());
  }
}
