package bdk.p2p.message;

/** The four kinds of message; {@link #code()} is the type byte of the frame. */
public enum MessageType {
  /** Asks one peer; settled by an {@link #ANSWER} that carries the same id and command. */
  REQUEST(0),
  /** Answers one request of the peer it is sent to. */
  ANSWER(1),
  /** Goes to the whole network: relayed by every node at first sight. */
  BROADCAST(2),
  /** Goes to one peer and is not answered. */
  NOTIFICATION(3);

  private final int code;

  MessageType(int code) {
    this.code = code;
  }

  /** The byte on the wire, 0 to 3. */
  public int code() {
    return code;
  }
}
