package bdk.p2p.manager;

import bdk.p2p.message.Request;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/**
 * Answers requests later. Runs on a worker; while its stage is open the next message of the session
 * may be handled.
 */
@FunctionalInterface
public interface AsyncRequestHandler {
  /**
   * Begins to make the answer. The stage may be completed by any thread; if it fails, or is open at
   * the command's deadline, the listener is told and the peer gets no answer. An open stage holds
   * its share of the peer's inbox until it ends, also after the deadline.
   *
   * @return a stage with the payload of the answer; copied when the stage completes, never null,
   *     and not above the command's bound
   */
  CompletionStage<ByteBuffer> handle(Peer peer, Request request);
}
