package bdk.p2p.message;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Objects;

/**
 * Whose connections are refused, and until when. Immutable; any thread.
 *
 * @param address the IPv4 address, or the first of the IPv6 addresses
 * @param prefixBits how many bits of an address count: 32 of IPv4, 64 of IPv6
 * @param until when it ends, on the node's wall clock
 * @param why what led to it; one line
 */
public record Ban(InetAddress address, int prefixBits, Instant until, String why) {
  /** None may be null. */
  public Ban {
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(until, "until");
    Objects.requireNonNull(why, "why");
  }

  /** {@code 203.0.113.7/32 until 2026-01-01T00:00:00Z: score 100 of 100}. */
  @Override
  public String toString() {
    return address.getHostAddress() + "/" + prefixBits + " until " + until + ": " + why;
  }
}
