package bdk.p2p.simulator.capsule;

import bdk.p2p.simulator.fault.DrawnFault;
import bdk.p2p.simulator.fault.Fault;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Fewer faults, fewer victims, shorter and milder ones. No state. */
final class FaultReductions {
  private static final long SHORTEST_NANOS = 1_000_000;
  private static final double MILDEST = 0.000_1;

  private FaultReductions() {}

  /** Leaves out halves, quarters and so on, and each single one at last. */
  static List<Case> fewer(Case one) {
    return without(one.schedule()).stream().map(one::withSchedule).toList();
  }

  /** The list without a part of it: large parts first, single items last. */
  static <T> List<List<T>> without(List<T> all) {
    List<List<T>> rests = new ArrayList<>();
    for (int size = all.size(); size >= 1; size /= 2) {
      for (int from = 0; from + size <= all.size(); from += size) {
        List<T> rest = new ArrayList<>(all.subList(0, from));
        rest.addAll(all.subList(from + size, all.size()));
        rests.add(rest);
      }
      int tail = all.size() % size;
      if (tail > 0) {
        rests.add(List.copyOf(all.subList(0, all.size() - tail)));
      }
    }
    return rests;
  }

  static List<Case> fewerVictims(Case one) {
    List<Case> candidates = new ArrayList<>();
    for (int index = 0; index < one.schedule().size(); index++) {
      DrawnFault fault = one.schedule().get(index);
      for (List<Integer> victims : without(fault.victims())) {
        if (!victims.isEmpty()) {
          candidates.add(replaced(one, index, fault, victims, fault.fault(), fault.untilNanos()));
        }
      }
    }
    return candidates;
  }

  /** Over at once, or half as long. */
  static List<Case> shorter(Case one) {
    List<Case> candidates = new ArrayList<>();
    for (int index = 0; index < one.schedule().size(); index++) {
      DrawnFault fault = one.schedule().get(index);
      long lasting = fault.untilNanos() - fault.fromNanos();
      for (long less : new long[] {SHORTEST_NANOS, roundedMillis(lasting / 2)}) {
        if (less >= SHORTEST_NANOS && less < lasting) {
          candidates.add(
              replaced(
                  one, index, fault, fault.victims(), fault.fault(), fault.fromNanos() + less));
        }
      }
    }
    return candidates;
  }

  private static long roundedMillis(long nanos) {
    return nanos / SHORTEST_NANOS * SHORTEST_NANOS;
  }

  /** One figure of a fault halved: a rate, a time, a number. */
  static List<Case> milder(Case one) {
    List<Case> candidates = new ArrayList<>();
    for (int index = 0; index < one.schedule().size(); index++) {
      DrawnFault fault = one.schedule().get(index);
      for (Fault milder : milder(fault.fault())) {
        candidates.add(replaced(one, index, fault, fault.victims(), milder, fault.untilNanos()));
      }
    }
    return candidates;
  }

  private static Case replaced(
      Case one, int index, DrawnFault fault, List<Integer> victims, Fault other, long until) {
    List<DrawnFault> schedule = new ArrayList<>(one.schedule());
    schedule.set(
        index, new DrawnFault(fault.id(), other, victims, fault.fromNanos(), until, fault.seed()));
    return one.withSchedule(schedule);
  }

  /** The same record with one of its figures halved, as far as the record takes it. */
  private static List<Fault> milder(Fault fault) {
    List<Fault> milder = new ArrayList<>();
    if (fault.getClass().isRecord()) {
      RecordComponent[] components = fault.getClass().getRecordComponents();
      for (int index = 0; index < components.length; index++) {
        milder(fault, components, index).ifPresent(milder::add);
      }
    }
    return milder;
  }

  private static Optional<Fault> milder(Fault fault, RecordComponent[] components, int index) {
    try {
      Object[] values = new Object[components.length];
      for (int each = 0; each < values.length; each++) {
        values[each] = components[each].getAccessor().invoke(fault);
      }
      Object half = half(values[index]);
      if (half.equals(values[index])) {
        return Optional.empty();
      }
      values[index] = half;
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      Constructor<? extends Fault> constructor = fault.getClass().getDeclaredConstructor(types);
      return Optional.of(constructor.newInstance(values));
    } catch (ReflectiveOperationException tooMild) {
      return Optional.empty();
    }
  }

  /** Half of a figure; what is none stays as it is. */
  private static Object half(Object value) {
    if (value instanceof Double figure) {
      return figure <= MILDEST ? figure : (Object) (Math.floor(figure / 2 / MILDEST) * MILDEST);
    }
    if (value instanceof Duration time) {
      return Duration.ofMillis(time.toMillis() / 2);
    }
    return value;
  }
}
