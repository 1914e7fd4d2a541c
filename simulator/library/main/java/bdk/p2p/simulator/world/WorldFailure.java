package bdk.p2p.simulator.world;

/** Something that the world ran has failed; says when, in virtual time, where, and the seed. */
public final class WorldFailure extends AssertionError {
  private static final long serialVersionUID = 1;

  WorldFailure(long nanos, String where, long seed, Throwable cause) {
    super(at(nanos, where, seed) + cause, cause);
  }

  WorldFailure(long nanos, String where, long seed, String what) {
    super(at(nanos, where, seed) + what);
  }

  private static String at(long nanos, String where, long seed) {
    return "at %d.%09d s on %s, seed %d: "
        .formatted(nanos / 1_000_000_000, nanos % 1_000_000_000, where, seed);
  }
}
