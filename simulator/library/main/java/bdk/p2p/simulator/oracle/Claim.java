package bdk.p2p.simulator.oracle;

import bdk.p2p.simulator.run.RunEvent;
import bdk.p2p.simulator.run.RunRecord;
import bdk.p2p.simulator.scenario.Scenario;
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

  /** Fresh claims for a run of a scenario, in the order to show them. */
  static List<Claim> of(Scenario scenario) {
    List<Claim> all =
        List.of(
            new EverythingDelivered(),
            new HandledOnce(),
            new NothingTooEarly(),
            new DuplicateBudget(),
            new RequestsSettledOnce(),
            new PeersWithinBounds(),
            new NobodyPunished(),
            new EndedNodesReturned());
    return all.stream().filter(one -> !scenario.bounds().without().contains(one.name())).toList();
  }

  /** The result of this claim. */
  default ClaimResult result(boolean held, String detail) {
    return new ClaimResult(name(), held, detail);
  }
}
