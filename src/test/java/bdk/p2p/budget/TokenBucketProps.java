package bdk.p2p.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

/** A bucket lets its rate and its burst through: never more, never less, however it is asked. */
class TokenBucketProps {
  private static final BigInteger SECOND = BigInteger.valueOf(1_000_000_000);

  /** So many tokens, so long after the step before; taken in any case, or only if there. */
  record Step(long tokens, long afterNanos, boolean anyway) {}

  /** The same in whole numbers of any size: what is spoken for, in perSecond-ths of nanoseconds. */
  private static final class Exact {
    private final BigInteger perSecond;
    private final BigInteger burst;
    private BigInteger ahead = BigInteger.ZERO;

    Exact(long perSecond, long burst) {
      this.perSecond = BigInteger.valueOf(perSecond);
      this.burst = BigInteger.valueOf(burst).multiply(SECOND);
    }

    void pass(long nanos) {
      ahead = ahead.subtract(perSecond.multiply(BigInteger.valueOf(nanos))).max(BigInteger.ZERO);
    }

    long take(long tokens) {
      ahead = ahead.add(BigInteger.valueOf(tokens).multiply(SECOND));
      BigInteger debt = ahead.subtract(burst).max(BigInteger.ZERO);
      return debt.add(perSecond).subtract(BigInteger.ONE).divide(perSecond).longValueExact();
    }

    boolean tryTake(long tokens) {
      BigInteger then = ahead.add(BigInteger.valueOf(tokens).multiply(SECOND));
      if (then.compareTo(burst) > 0) {
        return false;
      }
      ahead = then;
      return true;
    }
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(
            Arbitraries.longs().between(0, 5_000),
            Arbitraries.longs().between(0, 5_000_000_000L),
            Arbitraries.of(true, false))
        .as(Step::new)
        .list()
        .ofMaxSize(60);
  }

  @Property
  void agreesWithWholeNumbersOfAnySize(
      @ForAll @LongRange(min = 1, max = TokenBucket.MOST_PER_SECOND) long perSecond,
      @ForAll @LongRange(min = 1, max = 10_000) long burst,
      @ForAll long start,
      @ForAll("steps") List<Step> steps) {
    TokenBucket bucket = new TokenBucket(perSecond, burst);
    Exact exact = new Exact(perSecond, burst);
    long now = start;
    for (Step step : steps) {
      now += step.afterNanos();
      exact.pass(step.afterNanos());
      if (step.anyway()) {
        assertEquals(exact.take(step.tokens()), bucket.take(step.tokens(), now));
      } else {
        assertEquals(exact.tryTake(step.tokens()), bucket.tryTake(step.tokens(), now));
      }
    }
  }

  @Property
  void neverLetsMoreThroughThanBurstAndRate(
      @ForAll @LongRange(min = 1, max = 100_000) long perSecond,
      @ForAll @LongRange(min = 1, max = 1_000) long burst,
      @ForAll("steps") List<Step> steps) {
    TokenBucket bucket = new TokenBucket(perSecond, burst);
    long now = 0;
    long through = 0;
    for (Step step : steps) {
      now += step.afterNanos();
      if (bucket.tryTake(step.tokens(), now)) {
        through += step.tokens();
      }
    }
    double most = burst + (double) now * perSecond / 1e9;
    assertTrue(through <= most + 1, through + " through, at most " + most);
  }

  @Example
  void hasItsBurstAtOnceAndOneMoreEachInterval() {
    TokenBucket bucket = new TokenBucket(10, 3);
    for (int i = 0; i < 3; i++) {
      assertTrue(bucket.tryTake(1, 0));
    }
    assertFalse(bucket.tryTake(1, 0));
    assertFalse(bucket.tryTake(1, 99_999_999));
    assertTrue(bucket.tryTake(1, 100_000_000));
    assertFalse(bucket.tryTake(1, 100_000_000));
  }

  @Example
  void saysWhenADebtIsRepaid() {
    TokenBucket bucket = new TokenBucket(1_000, 1_000);
    assertEquals(0, bucket.take(1_000, 5));
    assertEquals(500_000_000, bucket.take(500, 5));
    assertEquals(1, bucket.take(0, 500_000_004));
    assertEquals(0, bucket.take(0, 500_000_005));
    assertFalse(bucket.tryTake(1, 500_000_005));
  }

  @Example
  void noDebtOverflows() {
    TokenBucket bucket = new TokenBucket(1, Long.MAX_VALUE);
    for (int i = 0; i < 5; i++) {
      assertTrue(bucket.take(Long.MAX_VALUE, Long.MIN_VALUE + i) >= 0);
    }
    assertFalse(bucket.tryTake(Long.MAX_VALUE, Long.MIN_VALUE + 9));
  }

  @Example
  void timeThatGoesBackGivesNothing() {
    TokenBucket bucket = new TokenBucket(1, 1);
    assertTrue(bucket.tryTake(1, 1_000_000_000));
    assertFalse(bucket.tryTake(1, 0));
    assertFalse(bucket.tryTake(1, 1_999_999_999));
    assertTrue(bucket.tryTake(1, 2_000_000_000));
  }

  @Example
  void refusesARateThatIsNone() {
    assertThrows(IllegalArgumentException.class, () -> new TokenBucket(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new TokenBucket(1, 0));
    assertThrows(
        IllegalArgumentException.class, () -> new TokenBucket(TokenBucket.MOST_PER_SECOND + 1, 1));
  }
}
