package bdk.p2p.manager;

import bdk.p2p.message.CloseReason;
import bdk.p2p.message.CloseReason.Code;
import bdk.p2p.message.NodeId;
import bdk.p2p.message.PeerIdentity;
import bdk.p2p.peer.Doorkeeper;
import bdk.p2p.session.Session;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * Who may become a peer: at the seeds only whom the operator expects there, and whom the operator's
 * rule lets in. The rule runs on workers, once a session; sessions that wait for it count among the
 * unfinished handshakes. Immutable; any thread.
 */
final class Door implements Doorkeeper {
  private final Map<NodeId, PeerIdentity> expected;
  private final Optional<AdmissionRule> rule;
  private final Executor workers;

  /**
   * @param expected who must be at which id, however the session came about
   */
  Door(Map<NodeId, PeerIdentity> expected, Optional<AdmissionRule> rule, Executor workers) {
    this.expected = expected;
    this.rule = rule;
    this.workers = workers;
  }

  @Override
  public boolean isOpen() {
    return expected.isEmpty() && rule.isEmpty();
  }

  /** Who must be there, if that is known. */
  Optional<PeerIdentity> expectedAt(NodeId id) {
    return Optional.ofNullable(expected.get(id));
  }

  @Override
  public void judge(Session session, Consumer<Optional<CloseReason>> verdict) {
    Optional<CloseReason> impostor =
        expectedAt(session.id()).flatMap(wanted -> mismatch(wanted, session.identity()));
    if (impostor.isPresent() || rule.isEmpty()) {
      verdict.accept(impostor);
      return;
    }
    Candidate candidate = candidate(session);
    try {
      workers.execute(() -> verdict.accept(ask(rule.get(), candidate)));
    } catch (RejectedExecutionException stopped) {
      verdict.accept(Optional.of(CloseReason.of(Code.MANAGER_CLOSED)));
    }
  }

  private static Candidate candidate(Session session) {
    return new Candidate(
        session.direction(),
        session.remoteAddress(),
        session.type(),
        session.id(),
        session.identity());
  }

  private static Optional<CloseReason> ask(AdmissionRule rule, Candidate candidate) {
    try {
      return rule.refusal(candidate).map(why -> new CloseReason(Code.NOT_ADMITTED, why));
    } catch (Throwable cause) {
      // Checked ones, too: a lambda can throw what it does not declare.
      return Optional.of(
          new CloseReason(Code.NOT_ADMITTED, "the admission rule has failed: " + cause));
    }
  }

  /** The reason to refuse who is not the one that was wanted. */
  static Optional<CloseReason> mismatch(PeerIdentity wanted, Optional<PeerIdentity> found) {
    if (found.filter(wanted::equals).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        new CloseReason(
            Code.WRONG_IDENTITY,
            "identity "
                + wanted
                + " was expected there, found "
                + found.map(PeerIdentity::toString).orElse("none")));
  }
}
