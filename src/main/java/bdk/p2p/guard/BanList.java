package bdk.p2p.guard;

import bdk.p2p.budget.AddressBlock;
import bdk.p2p.message.Ban;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** The bans that hold, one an address. Guarded by this; bounded, the one that ends first goes. */
final class BanList {
  private static final Comparator<Held> BY_END =
      Comparator.comparing((Held held) -> held.ban.until()).thenComparingLong(Held::number);

  /** Of those that end together, the one whose address came first is the first. */
  private record Held(Ban ban, long number) {}

  private final int limit;
  private final Map<AddressBlock, Held> bans = new LinkedHashMap<>();
  private final NavigableSet<Held> byEnd = new TreeSet<>(BY_END);
  private long next;

  BanList(int limit, Collection<Ban> former) {
    this.limit = limit;
    former.stream().sorted(Comparator.comparing(Ban::until)).forEach(this::put);
  }

  /** Adds a ban, or puts it in the place of the one that its address has. */
  synchronized void add(Ban ban, Instant now) {
    while (!byEnd.isEmpty() && !byEnd.first().ban.until().isAfter(now)) {
      remove(byEnd.first());
    }
    put(ban);
  }

  private void put(Ban ban) {
    Held former = bans.get(block(ban));
    if (former != null) {
      byEnd.remove(former);
    }
    Held held = new Held(ban, former != null ? former.number : next++);
    bans.put(block(ban), held);
    byEnd.add(held);
    if (bans.size() > limit) {
      remove(byEnd.first());
    }
  }

  private void remove(Held held) {
    bans.remove(block(held.ban));
    byEnd.remove(held);
  }

  /** The ban of this address, if it has one now. */
  synchronized Optional<Ban> find(InetAddress address, Instant now) {
    Held held = bans.get(AddressBlock.ofAddress(address));
    if (held == null || held.ban.until().isAfter(now)) {
      return Optional.ofNullable(held).map(Held::ban);
    }
    remove(held);
    return Optional.empty();
  }

  /** Ends the ban of this address; false if it has none. */
  synchronized boolean remove(InetAddress address, Instant now) {
    Optional<Ban> ban = find(address, now);
    ban.ifPresent(one -> remove(bans.get(block(one))));
    return ban.isPresent();
  }

  /** Those that hold now, the first to end first. */
  synchronized List<Ban> bans(Instant now) {
    List<Ban> held = new ArrayList<>(bans.size());
    byEnd.forEach(one -> held.add(one.ban));
    held.removeIf(ban -> !ban.until().isAfter(now));
    return List.copyOf(held);
  }

  private static AddressBlock block(Ban ban) {
    return new AddressBlock(ban.address(), ban.prefixBits());
  }
}
