package bdk.p2p.simulator.scenario;

/** A scenario that cannot be run; the message names the file, the line and what was expected. */
public final class ScenarioException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A complaint that is fit to be shown to a user as it is. */
  public ScenarioException(String message) {
    super(message);
  }
}
