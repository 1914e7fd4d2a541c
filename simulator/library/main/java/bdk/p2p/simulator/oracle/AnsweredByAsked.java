package bdk.p2p.simulator.oracle;

import bdk.p2p.simulator.run.RequestRecord;
import bdk.p2p.simulator.run.RunEvent;
import bdk.p2p.simulator.run.RunRecord;
import java.util.Optional;

/**
 * An answer counts only if the peer that was asked has made it. A request to or from a node whose
 * bytes a fault alters is excused, and so is one to a peer that is no node of the scenario.
 */
final class AnsweredByAsked implements Claim {
  private final AlteredSessions altered = new AlteredSessions();
  private int answered;
  private int excused;
  private int wrong;

  @Override
  public String name() {
    return "answered-by-asked";
  }

  @Override
  public Optional<String> on(RunEvent event) {
    altered.on(event);
    if (event instanceof RunEvent.Settled settled && settled.failure().isEmpty()) {
      answered++;
      return judge(settled.request(), settled.answerer());
    }
    return Optional.empty();
  }

  private Optional<String> judge(RequestRecord request, Optional<Integer> answerer) {
    if (answerer.filter(one -> one == request.asked()).isPresent()) {
      return Optional.empty();
    }
    if (request.asked() < 0
        || altered.between(request.asker().index(), request.asked(), request.askedNanos())) {
      excused++;
      return Optional.empty();
    }
    wrong++;
    return Optional.of(
        "%s asked node %d, and the answer is %s"
            .formatted(
                request.asker(),
                request.asked(),
                answerer.map(one -> "node " + one + "'s").orElse("nobody's")));
  }

  @Override
  public ClaimResult check(RunRecord run) {
    return result(
        wrong == 0 && (answered > 0 || !run.wantsRequests()),
        "%d answers, %d of another than the one asked, %d excused"
            .formatted(answered, wrong, excused));
  }
}
