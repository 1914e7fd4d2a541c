package bdk.p2p.simulator.cli;

/** Something that the user asked for cannot be done; the message is fit to be shown as it is. */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is wrong, what was expected, and what was found. */
  public UsageException(String message) {
    super(message);
  }
}
