package bdk.p2p.simulator.properties;

import static bdk.p2p.simulator.properties.NetworkArbitraries.fraction;
import static bdk.p2p.simulator.properties.NetworkArbitraries.millis;

import bdk.p2p.message.NodeType;
import bdk.p2p.simulator.fault.Fault;
import bdk.p2p.simulator.fault.FaultEntry;
import bdk.p2p.simulator.fault.Selection;
import bdk.p2p.simulator.scenario.BackendKind;
import bdk.p2p.simulator.scenario.Bounds;
import bdk.p2p.simulator.scenario.LinkBetween;
import bdk.p2p.simulator.scenario.NodeGroup;
import bdk.p2p.simulator.scenario.RegionModel;
import bdk.p2p.simulator.scenario.Scenario;
import bdk.p2p.simulator.scenario.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.sessions.JqwikSession;

/**
 * Whole scenarios, always valid. Their nodes have time to find each other before the work begins,
 * every fault is over when it ends, and there is time to recover: a claim that breaks says
 * something about the nodes. No state.
 */
public final class ScenarioArbitraries {
  private static final int GENERATOR_SIZE = 1_000;
  private static final Duration DELIVERED_WITHIN = Duration.ofSeconds(20);
  private static final double MOST_DUPLICATES = 40;

  private ScenarioArbitraries() {}

  /** Scenarios of {@link Knobs#defaults}. */
  public static Arbitrary<Scenario> scenarios() {
    return scenarios(Knobs.defaults());
  }

  /** Scenarios of at most such a size. */
  public static Arbitrary<Scenario> scenarios(Knobs knobs) {
    return NetworkArbitraries.regions()
        .flatMap(
            regions ->
                NetworkArbitraries.groups(knobs.maxNodes(), regions)
                    .flatMap(groups -> scenarios(knobs, regions, groups)));
  }

  private static Arbitrary<Scenario> scenarios(
      Knobs knobs, RegionModel regions, List<NodeGroup> groups) {
    Arbitrary<Duration> duration = millis(1_000, (int) knobs.maxDuration().toMillis());
    Arbitrary<List<Draft>> drafts =
        knobs.kinds().isEmpty()
            ? Arbitraries.just(List.of())
            : drafts(knobs.kinds(), groups).list().ofMaxSize(knobs.maxFaults());
    return Combinators.combine(
            NetworkArbitraries.links(groups),
            millis(20_000, 30_000),
            duration,
            millis(30_000, 40_000),
            workloads(),
            drafts)
        .as(
            (links, warmUp, work, coolDown, workload, drawn) ->
                scenario(regions, groups, links, warmUp, work, coolDown, workload, drawn));
  }

  private static Scenario scenario(
      RegionModel regions,
      List<NodeGroup> groups,
      List<LinkBetween> links,
      Duration warmUp,
      Duration work,
      Duration coolDown,
      Workload workload,
      List<Draft> drafts) {
    List<FaultEntry> faults = new ArrayList<>();
    for (Draft draft : drafts) {
      faults.add(draft.entry("fault-" + (faults.size() + 1), work));
    }
    return new Scenario(
        "drawn",
        "A scenario that was drawn at random.",
        BackendKind.VIRTUAL,
        regions,
        groups,
        links,
        warmUp,
        work,
        coolDown,
        workload,
        faults,
        new Bounds(
            Optional.of(DELIVERED_WITHIN),
            MOST_DUPLICATES,
            OptionalLong.empty(),
            List.of(),
            List.of()));
  }

  /** One or two streams of broadcasts, and perhaps requests and notifications. */
  public static Arbitrary<Workload> workloads() {
    Arbitrary<Integer> bytes = Arbitraries.integers().between(16, 20_000);
    Arbitrary<Duration> every = millis(200, 2_000);
    Arbitrary<Integer> commands = Arbitraries.of(4, 5, 6, 4_096);
    Arbitrary<Workload.Broadcasts> first =
        Combinators.combine(commands, bytes, every)
            .as((command, size, pace) -> new Workload.Broadcasts("one", command, size, pace));
    Arbitrary<Workload.Broadcasts> second =
        Combinators.combine(commands, bytes, every)
            .as((command, size, pace) -> new Workload.Broadcasts("two", command, size, pace));
    return Combinators.combine(
            first,
            second.optional(),
            Combinators.combine(every, bytes).as(Workload.Requests::new).optional(),
            Combinators.combine(every, bytes).as(Workload.Notifications::new).optional())
        .as(
            (one, two, requests, notifications) ->
                new Workload(
                    two.map(other -> List.of(one, other)).orElse(List.of(one)),
                    requests,
                    notifications));
  }

  /**
   * An entry whose times are parts of a workload's duration that is drawn elsewhere.
   *
   * @param after part of the first half until the first occurrence
   * @param lasting part of the time between two occurrences
   */
  private record Draft(
      Fault fault, Selection victims, double after, double lasting, int times, double spread) {
    /** It is over before the work is, whatever is drawn. */
    FaultEntry entry(String name, Duration work) {
      long first = (long) (work.toMillis() * after / 2);
      long every = (work.toMillis() - first) / times;
      return new FaultEntry(
          name,
          fault,
          victims,
          Duration.ofMillis(first),
          Duration.ofMillis((long) (every * lasting)),
          times,
          times == 1 ? Duration.ZERO : Duration.ofMillis(every),
          times == 1 ? 0 : spread);
    }
  }

  private static Arbitrary<Draft> drafts(List<String> kinds, List<NodeGroup> groups) {
    return Combinators.combine(
            FaultArbitraries.faults(kinds),
            victims(groups),
            fraction(0, 1),
            fraction(0.1, 0.9),
            Arbitraries.integers().between(1, 3),
            fraction(0, 0.1))
        .as(Draft::new);
  }

  /** Some of the NORMAL nodes of these groups, or all of them. */
  public static Arbitrary<Selection> victims(List<NodeGroup> groups) {
    List<NodeGroup> normal =
        groups.stream().filter(group -> group.type() == NodeType.NORMAL).toList();
    List<String> ids = normal.stream().flatMap(group -> group.ids().stream()).toList();
    int most = Math.max(1, ids.size() / 2);
    return Arbitraries.oneOf(
        Arbitraries.integers().between(1, most).map(Selection::of),
        fraction(0.05, 0.6).map(Selection::share),
        Arbitraries.of(normal).map(ScenarioArbitraries::group),
        Arbitraries.of(ids)
            .list()
            .ofMinSize(1)
            .ofMaxSize(most)
            .uniqueElements()
            .map(Selection::ids),
        Arbitraries.create(Selection::everybody));
  }

  private static Selection group(NodeGroup group) {
    Selection all = Selection.everybody();
    return new Selection(
        all.count(), all.share(), Optional.of(group.name()), all.region(), all.ids());
  }

  /**
   * Draws one scenario outside of any property: the same seed and knobs give the same scenario, in
   * any JVM.
   */
  public static Scenario drawn(long seed, Knobs knobs) {
    Scenario[] drawn = new Scenario[1];
    JqwikSession.run(
        () ->
            drawn[0] =
                scenarios(knobs).generator(GENERATOR_SIZE, false).next(new Random(seed)).value());
    return drawn[0];
  }
}
