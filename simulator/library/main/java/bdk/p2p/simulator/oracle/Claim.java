package bdk.p2p.simulator.oracle;

import bdk.p2p.simulator.run.RunRecord;
import java.util.List;

/** Something that must hold of every run. */
public interface Claim {
  /** Its name, one word or a few with hyphens. */
  String name();

  /** Judges a run that is over. */
  ClaimResult check(RunRecord run);

  /** All claims, in the order to show them. */
  static List<Claim> all() {
    return List.of(
        new EverythingDelivered(),
        new HandledOnce(),
        new NothingTooEarly(),
        new DuplicateBudget(),
        new RequestsSettledOnce(),
        new PeersWithinBounds(),
        new NobodyPunished(),
        new CrashedNodesReturned());
  }

  /** The result of this claim. */
  default ClaimResult result(boolean held, String detail) {
    return new ClaimResult(name(), held, detail);
  }
}
