package bdk.p2p.guard;

import bdk.p2p.budget.AddressBlock;
import bdk.p2p.budget.TokenBucket;
import java.net.InetAddress;
import java.util.Optional;

/**
 * How often addresses and networks connect: a bucket for each that came lately. Guarded by this;
 * bounded by {@link GuardLimits#remembered} addresses and as many networks.
 */
final class ConnectionRates {
  private final GuardLimits limits;
  private final Recent<AddressBlock, TokenBucket> addresses;
  private final Recent<AddressBlock, TokenBucket> networks;

  ConnectionRates(GuardLimits limits) {
    this.limits = limits;
    this.addresses = new Recent<>(limits.remembered());
    this.networks = new Recent<>(limits.remembered());
  }

  /**
   * Counts one connection from there.
   *
   * @return which limit it is above, in words; empty if it may come in. Who is above the limit of
   *     its address costs its network nothing
   */
  synchronized Optional<String> refuse(InetAddress from, long nowNanos) {
    AddressBlock address = AddressBlock.ofAddress(from);
    TokenBucket own =
        addresses.computeIfAbsent(
            address, fresh -> new TokenBucket(limits.addressPerSecond(), limits.addressBurst()));
    if (!own.tryTake(1, nowNanos)) {
      return Optional.of(
          words("address", address, limits.addressPerSecond(), limits.addressBurst()));
    }
    AddressBlock network = AddressBlock.ofNetwork(from);
    TokenBucket shared =
        networks.computeIfAbsent(
            network, fresh -> new TokenBucket(limits.networkPerSecond(), limits.networkBurst()));
    if (!shared.tryTake(1, nowNanos)) {
      return Optional.of(
          words("network", network, limits.networkPerSecond(), limits.networkBurst()));
    }
    return Optional.empty();
  }

  private static String words(String place, AddressBlock block, long perSecond, long burst) {
    return "more than %d connections a second, %d at once, from the %s %s"
        .formatted(perSecond, burst, place, block);
  }

  /** How many addresses and networks it remembers. */
  synchronized int count() {
    return addresses.size() + networks.size();
  }
}
