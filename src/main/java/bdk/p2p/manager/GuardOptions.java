package bdk.p2p.manager;

import bdk.p2p.guard.Guard;
import bdk.p2p.message.Misbehaviour;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * Who may connect how often, and what misbehaviour leads to. Immutable and validated; any thread.
 *
 * <p>An address is an IPv4 address or the /64 of an IPv6 address, a network the /24 or the /48.
 * Each misbehaviour adds its points to the score of the address; a score halves in each half-life;
 * at the threshold the address is banned. No port counts: those are claims.
 *
 * @param connectionsPerAddress how often one address may connect; default 10/s, burst 60
 * @param connectionsPerNetwork how often one network may connect; default 100/s, burst 400
 * @param exemptLoopback whether loopback addresses are never refused, scored or banned, nor counted
 *     as one network; default true
 * @param threshold the score at which an address is banned; default 100
 * @param halfLife after so long a score is half of what it was; default 10 min
 * @param banTime how long a ban that a score has led to lasts; default 1 h
 * @param points what each misbehaviour counts, every one has a value; 0 for one that is only
 *     counted. REPORTED has none of its own: {@link Manager#report} says them. Defaults: VIOLATION
 *     25, REJECTED_BROADCAST 10, UNFINISHED_FRAME and OVER_BUDGET 5, HANDSHAKE_TIMEOUT 2,
 *     WRITE_STALLED 2, FOREIGN_PORT and UNKNOWN_COMMAND 0
 * @param remembered the most addresses and networks whose rate is known, addresses that have a
 *     score, and bans, each of them; at most 25,000, which the node's storage holds; default 4,096
 */
public record GuardOptions(
    Rate connectionsPerAddress,
    Rate connectionsPerNetwork,
    boolean exemptLoopback,
    int threshold,
    Duration halfLife,
    Duration banTime,
    Map<Misbehaviour, Integer> points,
    int remembered) {
  private static final Duration LONGEST = Duration.ofDays(365);
  private static final int MOST_POINTS = 1_000_000;

  /**
   * @throws IllegalArgumentException naming the option, its limit and the value
   */
  public GuardOptions {
    Objects.requireNonNull(connectionsPerAddress, "connectionsPerAddress");
    Objects.requireNonNull(connectionsPerNetwork, "connectionsPerNetwork");
    within(1, MOST_POINTS, "threshold", threshold);
    time("halfLife", halfLife);
    time("banTime", banTime);
    within(1, Guard.MOST_REMEMBERED, "remembered", remembered);
    Map<Misbehaviour, Integer> all = new EnumMap<>(Misbehaviour.class);
    for (Misbehaviour what : Misbehaviour.values()) {
      int value = points.getOrDefault(what, 0);
      within(0, what == Misbehaviour.REPORTED ? 0 : MOST_POINTS, "points of " + what, value);
      all.put(what, value);
    }
    points = Collections.unmodifiableMap(all);
  }

  static void time(String name, Duration value) {
    if (value.isNegative() || value.isZero() || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          name + " is " + value + ", not above zero and at most 365 days");
    }
  }

  static void points(int value) {
    within(1, MOST_POINTS, "points", value);
  }

  private static void within(long least, long most, String name, long value) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " is " + value + ", not within " + least + " to " + most);
    }
  }

  /** The defaults. */
  public static GuardOptions defaults() {
    return builder().build();
  }

  /** A builder that starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects options; for one thread. */
  public static final class Builder {
    private final Map<Misbehaviour, Integer> points = new EnumMap<>(Misbehaviour.class);
    private Rate connectionsPerAddress = new Rate(10, 60);
    private Rate connectionsPerNetwork = new Rate(100, 400);
    private boolean exemptLoopback = true;
    private int threshold = 100;
    private Duration halfLife = Duration.ofMinutes(10);
    private Duration banTime = Duration.ofHours(1);
    private int remembered = 4096;

    private Builder() {
      points.put(Misbehaviour.VIOLATION, 25);
      points.put(Misbehaviour.REJECTED_BROADCAST, 10);
      points.put(Misbehaviour.UNFINISHED_FRAME, 5);
      points.put(Misbehaviour.OVER_BUDGET, 5);
      points.put(Misbehaviour.HANDSHAKE_TIMEOUT, 2);
      points.put(Misbehaviour.WRITE_STALLED, 2);
    }

    /** See {@link GuardOptions#connectionsPerAddress()}. */
    public Builder connectionsPerAddress(Rate value) {
      connectionsPerAddress = value;
      return this;
    }

    /** See {@link GuardOptions#connectionsPerNetwork()}. */
    public Builder connectionsPerNetwork(Rate value) {
      connectionsPerNetwork = value;
      return this;
    }

    /** See {@link GuardOptions#exemptLoopback()}. */
    public Builder exemptLoopback(boolean value) {
      exemptLoopback = value;
      return this;
    }

    /** See {@link GuardOptions#threshold()}. */
    public Builder threshold(int value) {
      threshold = value;
      return this;
    }

    /** See {@link GuardOptions#halfLife()}. */
    public Builder halfLife(Duration value) {
      halfLife = value;
      return this;
    }

    /** See {@link GuardOptions#banTime()}. */
    public Builder banTime(Duration value) {
      banTime = value;
      return this;
    }

    /** What one misbehaviour counts; see {@link GuardOptions#points()}. */
    public Builder points(Misbehaviour what, int value) {
      points.put(Objects.requireNonNull(what, "what"), value);
      return this;
    }

    /** See {@link GuardOptions#remembered()}. */
    public Builder remembered(int value) {
      remembered = value;
      return this;
    }

    /**
     * Checks everything.
     *
     * @throws IllegalArgumentException naming the option, its limit and the value
     */
    public GuardOptions build() {
      return new GuardOptions(
          connectionsPerAddress,
          connectionsPerNetwork,
          exemptLoopback,
          threshold,
          halfLife,
          banTime,
          points,
          remembered);
    }
  }
}
