package bdk.p2p.simulator.scenario;

import bdk.p2p.message.NodeType;
import bdk.p2p.simulator.fault.FaultEntry;
import bdk.p2p.simulator.fault.Selection;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What must be right across a whole scenario, however it was made. Immutable. */
public final class ScenarioRules {
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofHours(1);

  private final Scenario scenario;
  private final List<Selection.Candidate> candidates;

  ScenarioRules(Scenario scenario) {
    this.scenario = scenario;
    this.candidates = scenario.candidates();
  }

  /**
   * Checks it.
   *
   * @throws ScenarioException naming the first thing that is wrong
   */
  public static void check(Scenario scenario) {
    ScenarioRules rules = new ScenarioRules(scenario);
    rules.checkTimes();
    rules.checkNodes();
    rules.checkWorkload();
    for (int index = 0; index < scenario.faults().size(); index++) {
      rules.checkFault(index);
    }
  }

  void checkNodes() {
    Set<String> ids = new HashSet<>();
    for (NodeGroup group : scenario.groups()) {
      require(
          group.count() >= 1 && group.count() <= NodeGroup.MOST_NODES,
          "%d nodes '%s', expected 1 to %d",
          group.count(),
          group.name(),
          NodeGroup.MOST_NODES);
      requireWithin("startsAfter of '" + group.name() + "'", group.startsAfter(), Duration.ZERO);
      requireWithin("startsEvery of '" + group.name() + "'", group.startsEvery(), Duration.ZERO);
      Duration last =
          group.startsAfter().plus(group.startsEvery().multipliedBy(group.count() - 1L));
      require(
          last.compareTo(scenario.total()) < 0,
          "the last of the nodes '%s' starts after %d ms, expected a start before the end, after"
              + " %d ms",
          group.name(),
          last.toMillis(),
          scenario.total().toMillis());
      for (String id : group.ids()) {
        require(ids.add(id), "two nodes have the id '%s'", id);
      }
    }
  }

  void checkTimes() {
    requireWithin("warmUp", scenario.warmUp(), Duration.ZERO);
    requireWithin("duration", scenario.duration(), SHORTEST);
    requireWithin("coolDown", scenario.coolDown(), Duration.ZERO);
  }

  private void requireWithin(String what, Duration time, Duration least) {
    require(
        time.compareTo(least) >= 0 && time.compareTo(LONGEST) <= 0,
        "%s is %d ms, expected %d ms to %d ms",
        what,
        time.toMillis(),
        least.toMillis(),
        LONGEST.toMillis());
  }

  /** What is sent comes at times that differ, and is small enough for whoever gets it. */
  void checkWorkload() {
    Workload work = scenario.workload();
    for (Workload.Broadcasts stream : work.broadcasts()) {
      String what = "broadcasts '" + stream.name() + "'";
      requireWithin("the time between two " + what, stream.interval(), SHORTEST);
      requireTaken(what, stream.bytes());
    }
    work.requests()
        .ifPresent(
            requests -> {
              requireWithin("the time between two requests", requests.interval(), SHORTEST);
              requireTaken("answers", requests.answerBytes());
            });
    work.notifications()
        .ifPresent(
            one -> {
              requireWithin("the time between two notifications", one.interval(), SHORTEST);
              requireTaken("notifications", one.bytes());
            });
  }

  private void requireTaken(String what, int bytes) {
    require(
        bytes >= Workload.LEAST_BYTES && bytes <= Workload.MOST_BYTES,
        "%s of %d bytes, expected %d to %d",
        what,
        bytes,
        Workload.LEAST_BYTES,
        Workload.MOST_BYTES);
    for (NodeGroup group : scenario.groups()) {
      int most = group.options().maxPayloadBytes();
      require(
          group.type() != NodeType.NORMAL || bytes <= most,
          "%s of %d bytes, expected at most the %d that the nodes '%s' take (maxPayloadBytes)",
          what,
          bytes,
          most,
          group.name());
    }
  }

  void checkFault(int index) {
    FaultEntry entry = scenario.faults().get(index);
    String name = entry.name();
    for (FaultEntry other : scenario.faults().subList(0, index)) {
      require(!other.name().equals(name), "two faults have the name '%s'", name);
      requireOthersAre(entry, other);
      requireOthersAre(other, entry);
    }
    int available = entry.victims().among(candidates).size();
    int wanted = entry.victims().wanted(available);
    require(
        available > 0 && wanted <= available,
        "the fault '%s' strikes %d nodes, of which there are %d",
        name,
        Math.max(1, wanted),
        available);
    Duration end = scenario.duration().plus(scenario.coolDown());
    require(
        entry.latestEnd().compareTo(end) < 0,
        "the fault '%s' ends %d ms after the workload began, expected an end before duration"
            + " and coolDown are over, after %d ms",
        name,
        entry.latestEnd().toMillis(),
        end.toMillis());
  }

  /** The occurrences of one are numbered: their ids must not be the name of the other. */
  private void requireOthersAre(FaultEntry numbered, FaultEntry single) {
    require(
        numbered.times() == 1 || single.times() > 1 || !numbered.isCalled(single.name()),
        "the fault '%s' has the name of an occurrence of the fault '%s'",
        single.name(),
        numbered.name());
  }

  private void require(boolean condition, String format, Object... values) {
    if (!condition) {
      throw new ScenarioException(scenario.name() + ": " + format.formatted(values));
    }
  }
}
