package bdk.p2p.simulator.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class FaultScheduleProps {
  private static final List<Selection.Candidate> NODES =
      IntStream.range(0, 20)
          .mapToObj(
              index ->
                  new Selection.Candidate(
                      index, "node-" + index, "node", index % 2 == 0 ? "EAST" : "WEST", index > 0))
          .toList();

  @Provide
  Arbitrary<List<FaultEntry>> timelines() {
    Arbitrary<Fault> faults =
        Arbitraries.of(new Crash(false), new Kill(true), new Stall(5), new ConnectRefused());
    Arbitrary<Selection> victims =
        Arbitraries.of(
            Selection.everybody(),
            Selection.of(3),
            Selection.share(0.4),
            Selection.ids(List.of("node-0", "node-7")));
    Arbitrary<FaultEntry> entries =
        Combinators.combine(
                faults,
                victims,
                Arbitraries.integers().between(0, 60),
                Arbitraries.integers().between(0, 60),
                Arbitraries.integers().between(1, 10),
                Arbitraries.integers().between(0, 30),
                Arbitraries.doubles().between(0, 1))
            .as(
                (fault, who, after, lasting, times, every, spread) ->
                    new FaultEntry(
                        "",
                        fault,
                        who,
                        Duration.ofSeconds(after),
                        Duration.ofSeconds(fault.needsTime() ? Math.max(1, lasting) : lasting),
                        times,
                        Duration.ofSeconds(every),
                        spread));
    return entries.list().ofMinSize(1).ofMaxSize(6).map(FaultScheduleProps::named);
  }

  private static List<FaultEntry> named(List<FaultEntry> entries) {
    List<FaultEntry> named = new ArrayList<>();
    for (FaultEntry entry : entries) {
      named.add(
          new FaultEntry(
              "entry" + (char) ('a' + named.size()),
              entry.fault(),
              entry.victims(),
              entry.after(),
              entry.lasting(),
              entry.times(),
              entry.every(),
              entry.spread()));
    }
    return named;
  }

  private static List<DrawnFault> draw(List<FaultEntry> entries, long seed) {
    return FaultSchedule.draw(
        entries, NODES, Duration.ofSeconds(20), purpose -> seed * 31 + purpose.hashCode());
  }

  /** Times, victims and streams of all others stay what they were. */
  @Property
  void oneEntryLessMovesNoOther(
      @ForAll("timelines") List<FaultEntry> entries,
      @ForAll long seed,
      @ForAll @IntRange(max = 5) int which) {
    FaultEntry gone = entries.get(which % entries.size());
    List<FaultEntry> others = new ArrayList<>(entries);
    others.remove(gone);
    List<DrawnFault> expected = new ArrayList<>(draw(entries, seed));
    expected.removeIf(fault -> fault.id().startsWith(gone.name()));
    assertEquals(expected, draw(others, seed));
  }

  @Property
  void everyOccurrenceIsWhereItsEntrySays(
      @ForAll("timelines") List<FaultEntry> entries, @ForAll long seed) {
    Set<Long> streams = new HashSet<>();
    List<DrawnFault> drawn = draw(entries, seed);
    assertEquals(entries.stream().mapToInt(FaultEntry::times).sum(), drawn.size());
    long before = 0;
    for (DrawnFault fault : drawn) {
      assertTrue(fault.fromNanos() >= before);
      before = fault.fromNanos();
      assertTrue(streams.add(fault.seed()), "two streams of one seed");
    }
    for (FaultEntry entry : entries) {
      List<DrawnFault> own =
          drawn.stream().filter(fault -> fault.id().startsWith(entry.name())).toList();
      long latest = Duration.ofSeconds(20).plus(entry.latestEnd()).toNanos();
      long earliest = Duration.ofSeconds(20).plus(entry.after()).toNanos();
      for (DrawnFault fault : own) {
        assertTrue(fault.fromNanos() >= earliest && fault.untilNanos() <= latest, fault.id());
        assertEquals(entry.lasting().toNanos(), fault.untilNanos() - fault.fromNanos());
        int wanted = entry.victims().wanted(entry.victims().among(NODES).size());
        assertEquals(wanted, fault.victims().size());
        assertEquals(fault.victims().stream().distinct().sorted().toList(), fault.victims());
      }
    }
  }

  @Property(tries = 100)
  void whoWasStruckIsStruckAgainOnlyAfterAllOthers(@ForAll long seed) {
    FaultEntry entry =
        new FaultEntry(
            "one",
            new Crash(false),
            Selection.of(1),
            Duration.ZERO,
            Duration.ZERO,
            19,
            Duration.ofSeconds(1),
            0);
    List<Integer> struck =
        draw(List.of(entry), seed).stream().map(fault -> fault.victims().get(0)).toList();
    assertEquals(19, struck.stream().distinct().count());
    assertEquals(OptionalInt.of(1), entry.victims().count());
  }
}
