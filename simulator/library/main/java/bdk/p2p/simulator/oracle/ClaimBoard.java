package bdk.p2p.simulator.oracle;

import bdk.p2p.simulator.run.Judge;
import bdk.p2p.simulator.run.RunEvent;
import bdk.p2p.simulator.run.RunRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The claims of one run: tells them of everything, keeps the first breach of each, and asks them
 * all at the end. Driver's thread only.
 */
public final class ClaimBoard implements Judge {
  private final List<Claim> claims;
  private final Map<String, Breach> breaches = new LinkedHashMap<>();

  /**
   * A claim that was broken while the run went on.
   *
   * @param claim its name
   * @param nanos when, from the start of the run
   * @param detail what was wrong
   */
  public record Breach(String claim, long nanos, String detail) {}

  /** For one run. */
  public ClaimBoard(List<Claim> claims) {
    this.claims = List.copyOf(claims);
  }

  @Override
  public void on(RunEvent event) {
    for (Claim claim : claims) {
      Optional<String> wrong = claim.on(event);
      if (wrong.isPresent()) {
        breaches.putIfAbsent(claim.name(), new Breach(claim.name(), event.nanos(), wrong.get()));
      }
    }
  }

  @Override
  public int breachCount() {
    return breaches.size();
  }

  /** The first breach of each claim that was broken so far. */
  public List<Breach> breaches() {
    return new ArrayList<>(breaches.values());
  }

  /** What became of every claim; a breach counts whatever the claim says at the end. */
  public List<ClaimResult> conclude(RunRecord run) {
    return claims.stream().map(claim -> conclude(claim, run)).toList();
  }

  private ClaimResult conclude(Claim claim, RunRecord run) {
    ClaimResult result = claim.check(run);
    Breach breach = breaches.get(claim.name());
    if (breach == null) {
      return result;
    }
    String when = String.format(Locale.ROOT, "at %.3f s: ", breach.nanos() / 1e9);
    return new ClaimResult(claim.name(), false, when + breach.detail() + "; " + result.detail());
  }
}
