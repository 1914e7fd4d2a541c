package bdk.p2p.simulator.fault;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A line of a scenario's timeline: a fault, whom it strikes, and when.
 *
 * @param name unique in its scenario, as are its {@link #ids}; its stream of randomness depends on
 *     it
 * @param fault what
 * @param victims whom; drawn for each occurrence
 * @param after from the beginning of the workload to the first occurrence
 * @param lasting how long each occurrence is on; zero only for what {@linkplain Fault#needsTime
 *     needs no time}
 * @param times how many occurrences, at least 1
 * @param every between the beginnings of two
 * @param spread each occurrence begins later by a part of {@code every} that is drawn from 0 to
 *     this; 0 to 1
 */
public record FaultEntry(
    String name,
    Fault fault,
    Selection victims,
    Duration after,
    Duration lasting,
    int times,
    Duration every,
    double spread) {

  /** The most occurrences. */
  public static final int MOST_TIMES = 10_000;

  /**
   * @throws IllegalArgumentException naming the figure, its limits and the value
   */
  public FaultEntry {
    Limits.within(name + ": after", Duration.ZERO, Limits.HOUR, after);
    Limits.within(name + ": lasting", Duration.ZERO, Limits.HOUR, lasting);
    Limits.within(name + ": times", 1, MOST_TIMES, times);
    Limits.within(name + ": every", Duration.ZERO, Limits.HOUR, every);
    Limits.within(name + ": spread", 0.0, 1.0, spread);
    if (lasting.isZero() && fault.needsTime()) {
      throw new IllegalArgumentException(
          name
              + ": lasting is 0 s, expected above 0 s: "
              + fault.kind()
              + " does nothing in no time");
    }
  }

  /** Once. */
  public static FaultEntry once(
      String name, Fault fault, Selection victims, Duration after, Duration lasting) {
    return new FaultEntry(name, fault, victims, after, lasting, 1, Duration.ZERO, 0);
  }

  /** What its occurrences are called, in order: by its name, with a number if there are several. */
  public List<String> ids() {
    return times == 1
        ? List.of(name)
        : IntStream.rangeClosed(1, times).mapToObj(number -> name + "-" + number).toList();
  }

  /** True if an occurrence is called so. */
  public boolean isCalled(String id) {
    if (times == 1) {
      return id.equals(name);
    }
    String start = name + "-";
    String number = id.startsWith(start) ? id.substring(start.length()) : "";
    return number.matches("[1-9]\\d{0,4}") && Integer.parseInt(number) <= times;
  }

  /** From the beginning of the workload until the last occurrence is over, at the latest. */
  public Duration latestEnd() {
    long spreadNanos = (long) (every.toNanos() * spread);
    return after.plus(every.multipliedBy(times - 1)).plusNanos(spreadNanos).plus(lasting);
  }
}
