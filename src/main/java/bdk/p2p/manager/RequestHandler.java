package bdk.p2p.manager;

import bdk.p2p.message.Request;
import java.nio.ByteBuffer;

/**
 * Answers requests at once. Runs on a worker, one message of a session at a time; may block, which
 * holds up that peer only as long as workers are free.
 */
@FunctionalInterface
public interface RequestHandler {
  /**
   * Makes the answer. What it throws is told to the listener; the peer then gets no answer.
   *
   * @return the payload of the answer; copied at once, never null, and not above the command's
   *     bound
   */
  ByteBuffer handle(Peer peer, Request request);
}
