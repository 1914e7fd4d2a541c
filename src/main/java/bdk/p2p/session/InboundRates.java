package bdk.p2p.session;

import bdk.p2p.budget.AddressBlock;
import bdk.p2p.budget.TokenBucket;
import bdk.p2p.message.Command;
import bdk.p2p.message.Message;
import bdk.p2p.wire.FrameEncoder;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/**
 * How fast peers may send: messages and bytes, in all and by command, for each address together,
 * whatever port it uses or claims. Whoever sends faster is not punished and loses nothing; it is
 * read no faster. Any thread.
 *
 * <p>Remembers {@value #MOST_ADDRESSES} addresses, the least recently connected goes; it then
 * starts anew with a full burst.
 */
public final class InboundRates {
  static final int MOST_ADDRESSES = 4096;

  /**
   * A bound on messages, or on frame bytes.
   *
   * @param ofBytes whether it counts bytes
   * @param perSecond over any long time
   * @param burst at once
   */
  public record Limit(boolean ofBytes, long perSecond, long burst) {}

  private final List<Limit> inAll;
  private final Map<Command, List<Limit>> byCommand;
  private final Predicate<InetAddress> exempt;
  private final LongAdder slowed = new LongAdder();
  private final Map<AddressBlock, Meter> meters =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<AddressBlock, Meter> eldest) {
          return size() > MOST_ADDRESSES;
        }
      };

  /**
   * @param inAll what holds for all messages of an address together
   * @param byCommand what holds for those of one command; nothing for others
   * @param exempt addresses that may send as they like
   */
  public InboundRates(
      List<Limit> inAll, Map<Command, List<Limit>> byCommand, Predicate<InetAddress> exempt) {
    this.inAll = List.copyOf(inAll);
    this.byCommand = new LinkedHashMap<>(byCommand);
    this.exempt = exempt;
  }

  /** The meter of an address; empty if nothing bounds it. */
  Optional<Meter> meter(InetAddress address) {
    if (exempt.test(address) || inAll.isEmpty() && byCommand.isEmpty()) {
      return Optional.empty();
    }
    synchronized (meters) {
      return Optional.of(
          meters.computeIfAbsent(AddressBlock.ofAddress(address), same -> new Meter()));
    }
  }

  /** How often reading stopped because an address was too fast. */
  public long slowed() {
    return slowed.sum();
  }

  /** What one address has used up. Any thread. */
  final class Meter {
    private final List<Gauge> inAll = gauges(InboundRates.this.inAll);
    private final Map<Command, List<Gauge>> byCommand = new LinkedHashMap<>();

    private Meter() {
      InboundRates.this.byCommand.forEach(
          (command, limits) -> byCommand.put(command, gauges(limits)));
    }

    /** False if nothing bounds such messages. */
    boolean counts(Message message) {
      return !inAll.isEmpty() || byCommand.containsKey(message.command());
    }

    /** Counts a message that was read; returns for how many nanoseconds to read no more. */
    long count(Message message, long nowNanos) {
      long wait = count(inAll, message, nowNanos);
      List<Gauge> own = byCommand.get(message.command());
      if (own != null) {
        wait = Math.max(wait, count(own, message, nowNanos));
      }
      if (wait > 0) {
        slowed.increment();
      }
      return wait;
    }

    /** For how many nanoseconds its sessions are to read nothing, whatever the command. */
    long debtNanos(long nowNanos) {
      long wait = 0;
      for (Gauge gauge : inAll) {
        wait = Math.max(wait, gauge.bucket.take(0, nowNanos));
      }
      return wait;
    }

    private static long count(List<Gauge> gauges, Message message, long nowNanos) {
      long wait = 0;
      for (Gauge gauge : gauges) {
        long amount = gauge.ofBytes ? FrameEncoder.frameBytes(message) : 1;
        wait = Math.max(wait, gauge.bucket.take(amount, nowNanos));
      }
      return wait;
    }

    private static List<Gauge> gauges(List<Limit> limits) {
      List<Gauge> gauges = new ArrayList<>(limits.size());
      for (Limit limit : limits) {
        gauges.add(new Gauge(limit.ofBytes, new TokenBucket(limit.perSecond, limit.burst)));
      }
      return gauges;
    }
  }

  private record Gauge(boolean ofBytes, TokenBucket bucket) {}
}
