package bdk.p2p.manager;

import java.util.Optional;

/** The operator's word on who may become a peer. */
@FunctionalInterface
public interface AdmissionRule {
  /**
   * Judges one node, on a worker. A node that has dialled gets no handshake of ours before, so that
   * it never takes this node for a peer if it is refused. A rule that throws refuses.
   *
   * @return why it is refused; empty if it is welcome
   */
  Optional<String> refusal(Candidate candidate);
}
