package bdk.p2p.simulator.oracle;

import bdk.p2p.simulator.run.RunEvent;
import bdk.p2p.simulator.run.RunRecord;
import bdk.p2p.simulator.scenario.Bounds;
import bdk.p2p.simulator.scenario.ClaimNames;
import bdk.p2p.simulator.scenario.Scenario;
import bdk.p2p.simulator.scenario.ScenarioException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Something that must hold of every run. Made anew for each run; driver's thread only. It may be
 * broken by an event while the run goes on, or found broken when it is over.
 */
public interface Claim {
  /** Its name, one word or a few with hyphens. */
  String name();

  /**
   * Something has happened.
   *
   * @return what is wrong, if this breaks the claim
   */
  default Optional<String> on(RunEvent event) {
    return Optional.empty();
  }

  /** Judges a run that is over. */
  ClaimResult check(RunRecord run);

  /**
   * Fresh claims for a run of a scenario, in the order to show them.
   *
   * @throws ScenarioException if the scenario does without a claim that there is not, or wants
   *     something to happen that nobody knows
   */
  static List<Claim> of(Scenario scenario) {
    Bounds bounds = scenario.bounds();
    List<Claim> all =
        new ArrayList<>(
            List.of(
                new EverythingDelivered(scenario),
                new HandledOnce(),
                new NothingTooEarly(),
                new DuplicateBudget(scenario),
                new RequestsSettledOnce(),
                new AnsweredByAsked(),
                new OrderKept(),
                new BoundsKept(scenario),
                new OneSessionPerPeer(scenario),
                new DiscoveryConverges(scenario),
                new NobodyPunished(),
                new EndedNodesReturned(scenario),
                new NothingLeaks()));
    bounds.bytesPerNode().ifPresent(budget -> all.add(new BytesBudget(budget)));
    bounds.sometimes().forEach(word -> all.add(Sometimes.of(word)));
    for (String name : bounds.without()) {
      if (!all.removeIf(claim -> claim.name().equals(name))) {
        throw new ScenarioException(
            "without: expected one of "
                + String.join(", ", ClaimNames.ALL)
                + ", found '"
                + name
                + "'");
      }
    }
    return List.copyOf(all);
  }

  /** The result of this claim. */
  default ClaimResult result(boolean held, String detail) {
    return new ClaimResult(name(), held, detail);
  }
}
