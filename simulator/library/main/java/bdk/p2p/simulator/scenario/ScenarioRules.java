package bdk.p2p.simulator.scenario;

import bdk.p2p.simulator.fault.FaultEntry;
import bdk.p2p.simulator.fault.Selection;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What must be right across a whole scenario, however it was made. No state. */
public final class ScenarioRules {
  private ScenarioRules() {}

  /**
   * Checks it.
   *
   * @throws ScenarioException naming the first thing that is wrong
   */
  public static void check(Scenario scenario) {
    Set<String> ids = new HashSet<>();
    for (NodeGroup group : scenario.groups()) {
      for (String id : group.ids()) {
        require(ids.add(id), "%s: two nodes have the id '%s'", scenario.name(), id);
      }
    }
    List<Selection.Candidate> candidates = scenario.candidates();
    Set<String> names = new HashSet<>();
    for (FaultEntry entry : scenario.faults()) {
      String name = entry.name();
      require(names.add(name), "%s: two faults have the name '%s'", scenario.name(), name);
      int available = entry.victims().among(candidates).size();
      int wanted = entry.victims().wanted(available);
      require(
          available > 0 && wanted <= available,
          "%s: the fault '%s' strikes %d nodes, of which there are %d",
          scenario.name(),
          name,
          Math.max(1, wanted),
          available);
      Duration end = scenario.duration().plus(scenario.coolDown());
      require(
          entry.latestEnd().compareTo(end) < 0,
          "%s: the fault '%s' ends %d ms after the workload began, expected an end before duration"
              + " and coolDown are over, after %d ms",
          scenario.name(),
          name,
          entry.latestEnd().toMillis(),
          end.toMillis());
    }
  }

  private static void require(boolean condition, String format, Object... values) {
    if (!condition) {
      throw new ScenarioException(format.formatted(values));
    }
  }
}
