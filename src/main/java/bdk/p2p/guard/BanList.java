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
import java.util.Optional;

/** The bans that hold, one an address. Guarded by this; bounded, the one that ends first goes. */
final class BanList {
  private static final Comparator<Ban> BY_END = Comparator.comparing(Ban::until);

  private final int limit;
  private final Map<AddressBlock, Ban> bans = new LinkedHashMap<>();

  BanList(int limit, Collection<Ban> former) {
    this.limit = limit;
    former.stream().sorted(BY_END).forEach(this::put);
  }

  /** Adds a ban, or puts it in the place of the one that its address has. */
  synchronized void add(Ban ban, Instant now) {
    bans.values().removeIf(one -> !one.until().isAfter(now));
    put(ban);
  }

  private void put(Ban ban) {
    bans.put(block(ban), ban);
    if (bans.size() > limit) {
      bans.values().stream().min(BY_END).map(BanList::block).ifPresent(bans::remove);
    }
  }

  /** The ban of this address, if it has one now. */
  synchronized Optional<Ban> find(InetAddress address, Instant now) {
    Ban ban = bans.get(AddressBlock.ofAddress(address));
    if (ban == null || ban.until().isAfter(now)) {
      return Optional.ofNullable(ban);
    }
    bans.remove(block(ban));
    return Optional.empty();
  }

  /** Ends the ban of this address; false if it has none. */
  synchronized boolean remove(InetAddress address, Instant now) {
    Optional<Ban> ban = find(address, now);
    ban.ifPresent(one -> bans.remove(block(one)));
    return ban.isPresent();
  }

  /** Those that hold now, the first to end first. */
  synchronized List<Ban> bans(Instant now) {
    List<Ban> held = new ArrayList<>(bans.values());
    held.removeIf(ban -> !ban.until().isAfter(now));
    held.sort(BY_END);
    return List.copyOf(held);
  }

  private static AddressBlock block(Ban ban) {
    return new AddressBlock(ban.address(), ban.prefixBits());
  }
}
