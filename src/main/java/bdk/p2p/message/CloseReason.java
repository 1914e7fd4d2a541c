package bdk.p2p.message;

import java.util.Objects;

/**
 * Why a session ended, or never began.
 *
 * @param code the kind of end
 * @param detail what was seen, with limit and actual value where there are any; may be empty
 */
public record CloseReason(Code code, String detail) {
  /** The kinds of end. */
  public enum Code {
    /** The peer closed the connection. */
    CLOSED_BY_PEER,
    /** The connection broke: reset or unreachable. */
    CONNECTION_LOST,
    /** The peer broke the protocol. */
    VIOLATION,
    /** The peer was dialled and announced another port than that. */
    FOREIGN_PORT,
    /** Nothing came from the peer for the idle time. */
    IDLE,
    /** The peer took nothing of what we had to send for the write-stall time. */
    WRITE_STALLED,
    /** A frame of the peer's was not complete within the frame time. */
    FRAME_TIMEOUT,
    /** The peer held the most, or for the longest, when the node as a whole held too much. */
    OVER_BUDGET,
    /** The application disconnected it. */
    DISCONNECTED,
    /** The manager stopped. */
    MANAGER_CLOSED,
    /** A newer session of the same peer took its place, because this one did not answer. */
    REPLACED,
    /** Lost to the other session of a simultaneous dial, or to a live session of the same peer. */
    DUPLICATE,
    /** Both ends are this very node. */
    SELF,
    /** The node has as many peers as it may, of this direction or from this network. */
    TOO_MANY_PEERS,
    /** One of too many unfinished handshakes, drawn from the network that had the most. */
    TOO_MANY_HANDSHAKES,
    /** Its address, or its network, connects too often. */
    TOO_MANY_CONNECTIONS,
    /** Its address is banned. */
    BANNED,
    /** The handshake was not finished in time. */
    HANDSHAKE_TIMEOUT,
    /** The connection could not be made: refused, unreachable or timed out. */
    CONNECT_FAILED,
    /** One side speaks TLS, the other plaintext. */
    TLS_MISMATCH,
    /** The TLS handshake failed, or TLS broke later; the certificates are not to blame. */
    TLS_FAILED,
    /** A certificate was missing, out of date, or from nobody who is trusted. */
    UNTRUSTED,
    /** The peer belongs to another network, or speaks another version of the protocol. */
    WRONG_NETWORK,
    /** Somebody else was expected there, or another identity holds the id that was claimed. */
    WRONG_IDENTITY,
    /** The operator's admission rule refused it. */
    NOT_ADMITTED,
    /** A handler or the library itself failed in a way that leaves no safe way on. */
    INTERNAL_ERROR
  }

  /** Neither part may be null. */
  public CloseReason {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(detail, "detail");
  }

  /** A reason that needs no more words. */
  public static CloseReason of(Code code) {
    return new CloseReason(code, "");
  }

  /** {@code VIOLATION: frame length 5 is below the minimum of 11}. */
  @Override
  public String toString() {
    return detail.isEmpty() ? code.name() : code + ": " + detail;
  }
}
