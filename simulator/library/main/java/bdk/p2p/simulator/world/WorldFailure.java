package bdk.p2p.simulator.world;

/** Something that the world ran has thrown; says when, in virtual time, and on which host. */
public final class WorldFailure extends AssertionError {
  private static final long serialVersionUID = 1;

  WorldFailure(long nanos, String where, Throwable cause) {
    super(at(nanos, where) + cause, cause);
  }

  WorldFailure(long nanos, String where, String what) {
    super(at(nanos, where) + what);
  }

  private static String at(long nanos, String where) {
    return "at %d.%09d s on %s: ".formatted(nanos / 1_000_000_000, nanos % 1_000_000_000, where);
  }
}
