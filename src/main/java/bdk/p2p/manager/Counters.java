package bdk.p2p.manager;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** One counter for each constant of an enum. Any thread. */
final class Counters<E extends Enum<E>> {
  private final E[] constants;
  private final LongAdder[] counters;

  Counters(Class<E> type) {
    constants = type.getEnumConstants();
    counters = new LongAdder[constants.length];
    Arrays.setAll(counters, index -> new LongAdder());
  }

  void count(E constant) {
    counters[constant.ordinal()].increment();
  }

  /** Every constant with its count, in the order of declaration; immutable. */
  Map<E, Long> snapshot(Class<E> type) {
    Map<E, Long> sums = new EnumMap<>(type);
    for (E constant : constants) {
      sums.put(constant, counters[constant.ordinal()].sum());
    }
    return Collections.unmodifiableMap(sums);
  }
}
