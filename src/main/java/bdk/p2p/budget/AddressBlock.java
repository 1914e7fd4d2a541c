package bdk.p2p.budget;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The addresses that begin with the same bits: the unit in which strangers are counted. An IPv6
 * host has a whole /64 to itself, so that is "an address" there. Immutable; any thread.
 *
 * @param first the lowest address of the block, without scope; whatever is given, the bits behind
 *     the prefix become zero
 * @param bits the length of the prefix
 */
public record AddressBlock(InetAddress first, int bits) {
  private static final int IPV4_BYTES = 4;
  private static final int IPV4_ADDRESS_BITS = 32;
  private static final int IPV6_ADDRESS_BITS = 64;
  private static final int IPV4_NETWORK_BITS = 24;
  private static final int IPV6_NETWORK_BITS = 48;

  /** Literals only, since a name would be looked up. */
  private static final Pattern LITERAL =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F.]*:[0-9a-fA-F:.]*");

  /**
   * @throws IllegalArgumentException if an address has no such prefix
   */
  public AddressBlock {
    Objects.requireNonNull(first, "first");
    byte[] bytes = first.getAddress();
    if (bits < 1 || bits > bytes.length * Byte.SIZE) {
      throw new IllegalArgumentException(
          "a prefix of " + bits + " bits is not within 1 to " + bytes.length * Byte.SIZE);
    }
    first = address(masked(bytes, bits));
  }

  /** What counts as one address: an IPv4 address, or the /64 of an IPv6 address. */
  public static AddressBlock ofAddress(InetAddress address) {
    return new AddressBlock(address, isIpv4(address) ? IPV4_ADDRESS_BITS : IPV6_ADDRESS_BITS);
  }

  /** What counts as one network: the /24 of an IPv4 address, the /48 of an IPv6 address. */
  public static AddressBlock ofNetwork(InetAddress address) {
    return new AddressBlock(address, isIpv4(address) ? IPV4_NETWORK_BITS : IPV6_NETWORK_BITS);
  }

  /**
   * Reads {@code 203.0.113.7/32} or {@code 2001:db8::/64}. Host names are not looked up.
   *
   * @throws IllegalArgumentException if the text is neither
   */
  public static AddressBlock parse(String text) {
    int slash = text.lastIndexOf('/');
    String literal = slash < 0 ? "" : text.substring(0, slash);
    String bits = text.substring(slash + 1);
    if (LITERAL.matcher(literal).matches() && bits.matches("\\d{1,3}")) {
      try {
        return new AddressBlock(InetAddress.getByName(literal), Integer.parseInt(bits));
      } catch (UnknownHostException notAnAddress) {
        // Told below, like everything else that is none.
      }
    }
    throw new IllegalArgumentException(
        "'" + text + "' is not an address block like 203.0.113.7/32 or 2001:db8::/64");
  }

  /** True if the address begins with the same bits. */
  public boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    byte[] mine = first.getAddress();
    return bytes.length == mine.length && Arrays.equals(masked(bytes, bits), mine);
  }

  private static boolean isIpv4(InetAddress address) {
    return address.getAddress().length == IPV4_BYTES;
  }

  private static byte[] masked(byte[] bytes, int bits) {
    byte[] masked = bytes.clone();
    for (int index = 0; index < masked.length; index++) {
      int kept = Math.max(0, Math.min(Byte.SIZE, bits - index * Byte.SIZE));
      masked[index] &= (byte) (0xff << (Byte.SIZE - kept));
    }
    return masked;
  }

  private static InetAddress address(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException cause) {
      throw new IllegalStateException("4 and 16 bytes are addresses", cause);
    }
  }

  /** The form that {@link #parse} reads. */
  @Override
  public String toString() {
    return first.getHostAddress() + "/" + bits;
  }
}
