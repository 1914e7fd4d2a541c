package bdk.p2p.guard;

import bdk.p2p.budget.AddressBlock;
import bdk.p2p.environment.Environment;
import bdk.p2p.message.Ban;
import bdk.p2p.message.CloseReason;
import bdk.p2p.message.CloseReason.Code;
import bdk.p2p.message.Misbehaviour;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps out who comes too often and who misbehaves too much. Any thread; tells of what it decides
 * with no lock held.
 *
 * <p>Bounded by {@link GuardLimits}: who is forgotten for want of room begins anew.
 */
public final class Guard {
  /** The most bans that the node's storage holds, however long their reasons are. */
  public static final int MOST_REMEMBERED = 25_000;

  private final GuardLimits limits;
  private final Environment environment;
  private final GuardEvents events;
  private final ConnectionRates rates;
  private final Scores scores;
  private final BanList bans;
  private final BanKeeper keeper;

  /**
   * A guard that knows the bans which the node's storage has; may block.
   *
   * @throws UncheckedIOException naming place and line if they cannot be read or are damaged; they
   *     are left as they are
   */
  public Guard(GuardLimits limits, Environment environment, GuardEvents events) {
    this.limits = limits;
    this.environment = environment;
    this.events = events;
    this.rates = new ConnectionRates(limits);
    this.scores = new Scores(limits.halfLife().toNanos(), limits.remembered());
    this.bans = new BanList(limits.remembered(), BanKeeper.load(environment.storage()));
    this.keeper = new BanKeeper(environment, this::bans);
  }

  /** Whether a connection that comes from there is refused, and why; each call counts as one. */
  public Optional<CloseReason> refuse(InetAddress from) {
    if (isExempt(from)) {
      return Optional.empty();
    }
    Optional<CloseReason> barred = barred(from);
    return barred.isPresent()
        ? barred
        : rates
            .refuse(from, environment.nanoTime())
            .map(detail -> new CloseReason(Code.TOO_MANY_CONNECTIONS, detail));
  }

  /** Whether the address is banned now, and why. */
  public Optional<CloseReason> barred(InetAddress address) {
    if (isExempt(address)) {
      return Optional.empty();
    }
    return bans.find(address, now()).map(ban -> new CloseReason(Code.BANNED, ban.toString()));
  }

  /** True if the address is never refused and banned. */
  public boolean isExempt(InetAddress address) {
    return limits.exemptLoopback() && address.isLoopbackAddress();
  }

  /**
   * Notes that an address has misbehaved, and bans it if that is too much.
   *
   * @param points 0 or more; 0 changes nothing, and neither does what comes after a ban
   */
  public void misbehaved(InetAddress address, Misbehaviour what, int points, String detail) {
    if (points <= 0 || isExempt(address) || barred(address).isPresent()) {
      return;
    }
    AddressBlock who = AddressBlock.ofAddress(address);
    int score;
    boolean isTooMuch;
    synchronized (scores) {
      // Rounded: a hundredth that has faded meanwhile is no reason to wait for one more.
      score = (int) Math.round(scores.add(who, points, environment.nanoTime()));
      isTooMuch = score >= limits.threshold();
      if (isTooMuch) {
        scores.forget(who);
      }
    }
    events.misbehaved(address, what, score, detail);
    if (isTooMuch) {
      enforce(banned(who, limits.banTime(), why(score, what, detail)));
    }
  }

  private String why(int score, Misbehaviour what, String detail) {
    return "score " + score + " of " + limits.threshold() + ", at last " + what + ": " + detail;
  }

  /**
   * Bans an address; a ban that it has already is replaced.
   *
   * @throws IllegalArgumentException if the address is exempt
   */
  public Ban ban(InetAddress address, Duration time, String why) {
    if (isExempt(address)) {
      throw new IllegalArgumentException(
          address.getHostAddress() + " is a loopback address, and those are exempt");
    }
    Ban ban = banned(AddressBlock.ofAddress(address), time, why);
    enforce(ban);
    return ban;
  }

  private Ban banned(AddressBlock who, Duration time, String why) {
    Instant now = now();
    Ban ban = new Ban(who.first(), who.bits(), now.plus(time), oneLine(why));
    bans.add(ban, now);
    return ban;
  }

  private void enforce(Ban ban) {
    keeper.changed();
    events.banned(ban);
  }

  /** Ends the ban of an address, and forgets its score; false if it has none. */
  public boolean unban(InetAddress address) {
    synchronized (scores) {
      scores.forget(AddressBlock.ofAddress(address));
    }
    boolean was = bans.remove(address, now());
    if (was) {
      keeper.changed();
    }
    return was;
  }

  /** The bans that hold now, the first to end first. */
  public List<Ban> bans() {
    return bans.bans(now());
  }

  /** What a peer has a part in must not become a line of its own in the file. */
  private static String oneLine(String text) {
    String line = text.replaceAll("[\\p{C}\\p{Z}]+", " ").strip();
    return line.isEmpty() ? "no reason given" : BanFile.cut(line);
  }

  private Instant now() {
    return environment.clock().instant();
  }
}
