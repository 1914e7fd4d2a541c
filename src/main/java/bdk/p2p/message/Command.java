package bdk.p2p.message;

/**
 * What a message is about: a number of 16 bits. The ten commands of the protocol are constants
 * here; an application adds its own with {@link #of}, from {@link #FIRST_FREE} up to stay clear of
 * the protocol's growth.
 *
 * @param code 0 to 65535
 */
public record Command(int code) {
  /** "Are you there?" Empty both ways; answered by the core. */
  public static final Command PING = new Command(0);

  /** Exchange of {@link NodeInfo}, both ways; answered by the core. */
  public static final Command INFO = new Command(1);

  /** Asks for the addresses of the peer's peers; answered by the core. */
  public static final Command REQUEST_NODES = new Command(2);

  /**
   * Asks for the peer's pending validator transactions; answered with a {@link
   * PayloadList#TRANSACTIONS}.
   */
  public static final Command REQUEST_VALIDATOR_TRANSACTIONS = new Command(3);

  /** One validator transaction for the whole network. */
  public static final Command BROADCAST_VALIDATOR_TRANSACTION = new Command(4);

  /** One transaction for the whole network. */
  public static final Command BROADCAST_TRANSACTION = new Command(5);

  /** One block for the whole network. */
  public static final Command BROADCAST_BLOCK = new Command(6);

  /** Asks for the peer's pending transactions; answered with a {@link PayloadList#TRANSACTIONS}. */
  public static final Command REQUEST_TRANSACTIONS = new Command(7);

  /** The sender's {@link NodeInfo}; sent and kept by the core. */
  public static final Command NOTIFY_INFO = new Command(8);

  /** Asks for a {@link BlockRange}; answered with a {@link PayloadList#BLOCKS}. */
  public static final Command REQUEST_BLOCK = new Command(9);

  /** The first code that an application should use for a command of its own. */
  public static final int FIRST_FREE = 4096;

  private static final Command[] KNOWN = {
    PING,
    INFO,
    REQUEST_NODES,
    REQUEST_VALIDATOR_TRANSACTIONS,
    BROADCAST_VALIDATOR_TRANSACTION,
    BROADCAST_TRANSACTION,
    BROADCAST_BLOCK,
    REQUEST_TRANSACTIONS,
    NOTIFY_INFO,
    REQUEST_BLOCK
  };
  private static final String[] NAMES = {
    "Ping",
    "Info",
    "RequestNodes",
    "RequestValidatorTxs",
    "BroadcastValidatorTx",
    "BroadcastTx",
    "BroadcastBlock",
    "RequestTxs",
    "NotifyInfo",
    "RequestBlock"
  };

  /**
   * @throws IllegalArgumentException if the code does not fit 16 bits
   */
  public Command {
    if (code < 0 || code > 0xffff) {
      throw new IllegalArgumentException("command code " + code + " is not within 0 to 65535");
    }
  }

  /** The command of this code; the protocol's own ones are not made anew. */
  public static Command of(int code) {
    return code >= 0 && code < KNOWN.length ? KNOWN[code] : new Command(code);
  }

  /** True for the ten commands of the protocol. */
  public boolean isOfProtocol() {
    return code < KNOWN.length;
  }

  // As for MessageId: quick from the first message on.

  /** True for the same code. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Command command && code == command.code;
  }

  @Override
  public int hashCode() {
    return code;
  }

  /** The protocol's name of the command, or {@code Command 4097} for an application's own. */
  @Override
  public String toString() {
    return isOfProtocol() ? NAMES[code] : "Command " + code;
  }
}
