package bdk.p2p.simulator;

import bdk.p2p.simulator.oracle.Claim;
import bdk.p2p.simulator.oracle.ClaimBoard;
import bdk.p2p.simulator.report.Reporter;
import bdk.p2p.simulator.run.RunOptions;
import bdk.p2p.simulator.run.RunRecord;
import bdk.p2p.simulator.run.ScenarioRunner;
import bdk.p2p.simulator.scenario.Catalogue;
import bdk.p2p.simulator.scenario.Scenario;

/** Runs whole scenarios, made in Java or read from files, with the simulator's own application. */
public final class Scenarios {
  private Scenarios() {}

  /**
   * Runs a scenario to its end.
   *
   * @throws bdk.p2p.simulator.scenario.ScenarioException if it cannot be run
   */
  public static ScenarioRun run(Scenario scenario, long seed) {
    ClaimBoard claims = new ClaimBoard(Claim.of(scenario));
    RunRecord run = new ScenarioRunner(scenario, RunOptions.seeded(seed), claims).run();
    return new ScenarioRun(Reporter.report(run, claims.conclude(run), replay(scenario, seed)));
  }

  /** The command line knows those of the catalogue; any other is known to its caller alone. */
  private static String replay(Scenario scenario, long seed) {
    boolean isListed =
        Catalogue.names().contains(scenario.name())
            && Catalogue.get(scenario.name()).equals(scenario);
    return isListed
        ? "bdk-sim run " + scenario.name() + " --seed " + seed
        : "Scenarios.run(scenario, " + seed + ")";
  }
}
