package bdk.p2p.simulator.capsule;

import bdk.p2p.simulator.fault.DrawnFault;
import bdk.p2p.simulator.fault.FaultEntry;
import bdk.p2p.simulator.fault.FaultSchedule;
import bdk.p2p.simulator.fault.Selection;
import bdk.p2p.simulator.scenario.Scenario;
import bdk.p2p.simulator.scenario.ScenarioException;
import bdk.p2p.simulator.scenario.ScenarioFile;
import bdk.p2p.simulator.scenario.ScenarioWriter;
import bdk.p2p.simulator.world.World;
import java.time.Duration;
import java.util.List;

/**
 * A run that nothing is left to chance of: the scenario, its seed, and the faults as they were
 * drawn. The scenario's own timeline says the same as the schedule, one entry a fault. Immutable.
 *
 * @param scenario what is run
 * @param seed with which seed
 * @param schedule its faults
 */
public record Case(Scenario scenario, long seed, List<DrawnFault> schedule) {
  /** Copies the list. */
  public Case {
    schedule = List.copyOf(schedule);
  }

  /** Draws the faults as a run with this seed would. */
  public static Case drawn(Scenario scenario, long seed) {
    try (World world = new World(seed)) {
      return of(
          scenario,
          seed,
          FaultSchedule.draw(
              scenario.faults(), scenario.candidates(), scenario.warmUp(), world::seed));
    }
  }

  /** Writes the schedule into the scenario's timeline. */
  public static Case of(Scenario scenario, long seed, List<DrawnFault> schedule) {
    List<String> ids = scenario.candidates().stream().map(Selection.Candidate::id).toList();
    List<FaultEntry> entries =
        schedule.stream().map(fault -> entry(fault, ids, scenario.warmUp())).toList();
    return new Case(scenario.withFaults(entries), seed, schedule);
  }

  private static FaultEntry entry(DrawnFault fault, List<String> ids, Duration warmUp) {
    return FaultEntry.once(
        fault.id(),
        fault.fault(),
        Selection.ids(fault.victims().stream().map(ids::get).toList()),
        Duration.ofNanos(fault.fromNanos()).minus(warmUp),
        Duration.ofNanos(fault.untilNanos() - fault.fromNanos()));
  }

  /** The same with other faults. */
  Case withSchedule(List<DrawnFault> other) {
    return of(scenario, seed, other);
  }

  /** The same with another scenario, whose nodes are the same. */
  Case withScenario(Scenario other) {
    return of(other, seed, schedule);
  }

  /** True if a scenario file could say all of it. */
  boolean isValid() {
    try {
      return ScenarioFile.parse("shrunk", ScenarioWriter.write(scenario)).equals(scenario);
    } catch (ScenarioException invalid) {
      return false;
    }
  }

  /** How large it is, for people. */
  public Size size() {
    return Size.of(this);
  }
}
