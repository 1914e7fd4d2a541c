package bdk.p2p.budget;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Whom an amount is counted for: an address, without the part that its owner can choose at will. No
 * state.
 */
public final class AddressKey {
  /** What one line gets of IPv6: everything below is its owner's. */
  private static final int IPV6_LINE_BYTES = 8;

  private AddressKey() {}

  /** The address itself for IPv4, the first address of its /64 for IPv6. */
  public static InetAddress of(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return address;
    }
    byte[] bytes = address.getAddress();
    Arrays.fill(bytes, IPV6_LINE_BYTES, bytes.length, (byte) 0);
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException cause) {
      throw new IllegalStateException("sixteen bytes are an address", cause);
    }
  }
}
