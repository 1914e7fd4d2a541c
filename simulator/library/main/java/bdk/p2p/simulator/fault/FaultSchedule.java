package bdk.p2p.simulator.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;

/** Draws a scenario's faults up as data, before anything runs. No state. */
public final class FaultSchedule {
  private FaultSchedule() {}

  /**
   * Draws every occurrence. What is drawn for an entry depends on its own name and seed only, so
   * that another entry can go without moving it.
   *
   * @param entries the timeline
   * @param nodes everybody
   * @param workload from the start of the run to the beginning of the workload
   * @param seeds the seed of a purpose
   * @return in the order of their beginnings
   */
  public static List<DrawnFault> draw(
      List<FaultEntry> entries,
      List<Selection.Candidate> nodes,
      Duration workload,
      ToLongFunction<String> seeds) {
    List<DrawnFault> drawn = new ArrayList<>();
    for (FaultEntry entry : entries) {
      RandomGenerator random = new SplittableRandom(seeds.applyAsLong("fault/" + entry.name()));
      List<String> ids = entry.ids();
      List<Integer> struck = new ArrayList<>();
      for (int number = 1; number <= entry.times(); number++) {
        List<Integer> victims = entry.victims().draw(nodes, struck, random);
        struck.addAll(victims);
        long later = (long) (entry.every().toNanos() * entry.spread() * random.nextDouble());
        long from =
            workload
                .plus(entry.after())
                .plus(entry.every().multipliedBy(number - 1))
                .plusNanos(later)
                .toNanos();
        String id = ids.get(number - 1);
        drawn.add(
            new DrawnFault(
                id,
                entry.fault(),
                victims,
                from,
                from + entry.lasting().toNanos(),
                seeds.applyAsLong("fault/" + id + "/stream")));
      }
    }
    drawn.sort(Comparator.comparingLong(DrawnFault::fromNanos));
    return List.copyOf(drawn);
  }
}
