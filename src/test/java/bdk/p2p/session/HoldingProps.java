package bdk.p2p.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** Two counts in one number do not run into each other. */
class HoldingProps {
  @Property
  void countsBothWhateverIsAddedAndTakenAway(
      @ForAll @Size(max = 50) List<@LongRange(max = 1L << 30) Long> messages) {
    Holding holding = new Holding();
    int count = 0;
    long sum = 0;
    for (long bytes : messages) {
      long before = holding.add(1, bytes);
      assertEquals(count, Holding.messages(before));
      assertEquals(sum, Holding.bytes(before));
      count++;
      sum += bytes;
    }
    for (long bytes : messages) {
      assertEquals(count, Holding.messages(holding.get()));
      assertEquals(sum, Holding.bytes(holding.get()));
      holding.add(-1, -bytes);
      count--;
      sum -= bytes;
    }
    assertEquals(0, holding.get());
  }

  @Example
  void holdsAsMuchAsTheOptionsAllow() {
    Holding holding = new Holding();
    holding.add(1 << 23, 1L << 39);
    holding.add(0, (1L << 39) - 1);
    assertEquals(1 << 23, Holding.messages(holding.get()));
    assertEquals((1L << 40) - 1, Holding.bytes(holding.get()));
    holding.add(0, -(1L << 39));
    assertEquals(1 << 23, Holding.messages(holding.get()));
  }
}
