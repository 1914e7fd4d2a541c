package bdk.p2p.simulator.fault;

/**
 * Something that one host sends another: what a {@link Rule} is asked about. Immutable.
 *
 * @param kind what it is
 * @param from the index of the sending host
 * @param to the index of the receiving host
 * @param connection the number of the connection, unique in a run
 * @param byteCount the bytes of it, 0 for all but {@link Kind#BYTES}
 * @param nowNanos the instant of the question
 * @param lostTimes how often it was lost before: this is the repetition number of that much
 * @param stalledNanos the time since it was lost first; 0 if it was not
 * @param held whether it, or what is left of it, was held when it was asked about before
 */
public record Passage(
    Kind kind,
    int from,
    int to,
    long connection,
    int byteCount,
    long nowNanos,
    int lostTimes,
    long stalledNanos,
    boolean held) {

  /** Its first bytes. */
  Passage beginning(int bytes) {
    return new Passage(kind, from, to, connection, bytes, nowNanos, lostTimes, stalledNanos, held);
  }

  /** What passes between hosts. */
  public enum Kind {
    /** The dialler asks for a connection. */
    DIAL,
    /** The acceptor says yes. */
    ANSWER,
    /** Bytes of the stream, one segment. */
    BYTES,
    /** The end of the stream. */
    FIN,
    /** The connection is void. */
    RESET,
    /** The receiver has read, and the sender may send more. */
    WINDOW
  }
}
