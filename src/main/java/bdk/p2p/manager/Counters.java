package bdk.p2p.manager;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** One counter for each constant of an enum. Any thread. */
final class Counters<E extends Enum<E>> {
  private final Map<E, LongAdder> counters;

  Counters(Class<E> type) {
    counters = new EnumMap<>(type);
    for (E constant : type.getEnumConstants()) {
      counters.put(constant, new LongAdder());
    }
  }

  void count(E constant) {
    counters.get(constant).increment();
  }

  /** Every constant with its count, in the order of declaration; immutable. */
  Map<E, Long> snapshot(Class<E> type) {
    Map<E, Long> sums = new EnumMap<>(type);
    counters.forEach((constant, adder) -> sums.put(constant, adder.sum()));
    return Collections.unmodifiableMap(sums);
  }
}
