package bdk.p2p.peer;

import bdk.p2p.message.CloseReason;
import bdk.p2p.session.Session;
import java.util.Optional;
import java.util.function.Consumer;

/** Decides, in the name of the floor above, whether a node may become a peer. */
public interface Doorkeeper {
  /** Lets everybody in, at once. */
  Doorkeeper OPEN =
      new Doorkeeper() {
        @Override
        public boolean isOpen() {
          return true;
        }

        @Override
        public void judge(Session session, Consumer<Optional<CloseReason>> verdict) {
          verdict.accept(Optional.empty());
        }
      };

  /** True if it never refuses, so that nobody need wait for it. */
  boolean isOpen();

  /**
   * Judges a session whose peer has said, and with TLS proved, who it is. Called on the session's
   * event loop, so it must not block or run user code.
   *
   * @param verdict gets the reason of a refusal, or nothing; once, now or later, on any thread
   */
  void judge(Session session, Consumer<Optional<CloseReason>> verdict);
}
