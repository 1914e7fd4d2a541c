package bdk.p2p.simulator.fault;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Some segments arrive with other bits than were sent, as no checksum would let through.
 *
 * @param rate the part of the segments, 0.000001 to 1
 * @param bits how many bits of each are flipped, 1 to 1,000; all if there are not as many
 * @param scope which way
 */
public record Corrupt(double rate, int bits, Scope scope) implements Fault {
  /** The most bits that may be flipped. */
  public static final int MOST_BITS = 1_000;

  /**
   * @throws IllegalArgumentException naming the figure, its limits and the value
   */
  public Corrupt {
    Limits.within("corrupt: rate", Limits.LEAST_RATE, 1, rate);
    Limits.within("corrupt: bits", 1, MOST_BITS, bits);
  }

  @Override
  public String kind() {
    return "corrupt";
  }

  @Override
  public Set<Ability> needs() {
    return Set.of(Ability.RULES);
  }

  @Override
  public boolean disturbsDelivery() {
    return true;
  }

  @Override
  public void begin(FaultContext context) {
    context.rule(
        new WhollyPassed(
            passage -> {
              if (passage.byteCount() == 0
                  || !scope.holds(context.victims(), passage)
                  || context.random().nextDouble() >= rate) {
                return Fate.PASS;
              }
              context.bit();
              // May be altered later and by another thread, so not with the fault's stream.
              long seed = context.random().nextLong();
              return Fate.alter(bytes -> flip(bytes, new SplittableRandom(seed)));
            },
            false));
  }

  private void flip(ByteBuffer bytes, SplittableRandom random) {
    int bitCount = bytes.remaining() * Byte.SIZE;
    int wanted = Math.min(bits, bitCount);
    BitSet flipped = new BitSet();
    while (flipped.cardinality() < wanted) {
      flipped.set(random.nextInt(bitCount));
    }
    flipped.stream()
        .forEach(
            bit -> {
              int index = bytes.position() + bit / Byte.SIZE;
              bytes.put(index, (byte) (bytes.get(index) ^ 1 << bit % Byte.SIZE));
            });
  }
}
