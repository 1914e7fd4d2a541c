package bdk.p2p.message;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * How nodes know each other: an IP address and the port that the node listens on.
 *
 * <p>Ordered by address, then port: IPv4 before IPv6, bytes as unsigned numbers. An IPv4 address
 * that was written as IPv6 ({@code ::ffff:a.b.c.d}) is the IPv4 address; the scope of an IPv6
 * address does not count.
 *
 * @param address an address without host name and scope
 * @param port 0 to 65535; 0 is what a node announces that cannot be dialled
 */
public record NodeId(InetAddress address, int port) implements Comparable<NodeId> {
  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern FOUR = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");

  /**
   * The colon keeps names out: what begins with a bracket and holds one is parsed, not looked up.
   */
  private static final Pattern SIX = Pattern.compile("\\[[0-9a-fA-F.]*:[0-9a-fA-F:.]*]");

  /**
   * @throws IllegalArgumentException if the port does not fit 16 bits
   */
  public NodeId {
    Objects.requireNonNull(address, "address");
    if (port < 0 || port > 0xffff) {
      throw new IllegalArgumentException("port " + port + " is not within 0 to 65535");
    }
    address = canonical(address.getAddress());
  }

  /** The id of a node at this socket address. */
  public static NodeId of(InetSocketAddress address) {
    if (address.isUnresolved()) {
      throw new IllegalArgumentException(
          "host name " + address.getHostString() + " is not resolved");
    }
    return new NodeId(address.getAddress(), address.getPort());
  }

  /** The id of a node at these 4 or 16 address bytes. */
  public static NodeId of(byte[] address, int port) {
    return new NodeId(canonical(address), port);
  }

  /**
   * Reads {@code 203.0.113.7:7000} or {@code [2001:db8::1]:7000}. Host names are not looked up.
   *
   * @throws IllegalArgumentException if the text is neither
   */
  public static NodeId parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    String port = text.substring(colon + 1);
    boolean six = SIX.matcher(host).matches();
    if (!(six || FOUR.matcher(host).matches())
        || !port.matches("\\d{1,5}")
        || Integer.parseInt(port) > 0xffff) {
      throw notAnAddress(text, null);
    }
    try {
      // Only literals come here, and those are parsed, never looked up.
      String literal = six ? host.substring(1, host.length() - 1) : host;
      return new NodeId(InetAddress.getByName(literal), Integer.parseInt(port));
    } catch (UnknownHostException cause) {
      throw notAnAddress(text, cause);
    }
  }

  private static IllegalArgumentException notAnAddress(String text, Exception cause) {
    return new IllegalArgumentException(
        "'" + text + "' is not an address like 203.0.113.7:7000 or [2001:db8::1]:7000", cause);
  }

  private static InetAddress canonical(byte[] bytes) {
    try {
      // Turns ::ffff:a.b.c.d into the IPv4 address.
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException cause) {
      throw new IllegalArgumentException(
          "an IP address has 4 or 16 bytes, not " + bytes.length, cause);
    }
  }

  /** The address to dial. */
  public InetSocketAddress socketAddress() {
    return new InetSocketAddress(address, port);
  }

  /** False for port 0, multicast and unspecified addresses. */
  public boolean isDialable() {
    return port != 0 && !address.isAnyLocalAddress() && !address.isMulticastAddress();
  }

  // As for MessageId: quick from the first message on.

  /** True for the same address and port. */
  @Override
  public boolean equals(Object other) {
    return other instanceof NodeId id && port == id.port && address.equals(id.address);
  }

  @Override
  public int hashCode() {
    return 31 * address.hashCode() + port;
  }

  @Override
  public int compareTo(NodeId other) {
    byte[] mine = address.getAddress();
    byte[] theirs = other.address.getAddress();
    int byFamily = Integer.compare(mine.length, theirs.length);
    if (byFamily != 0) {
      return byFamily;
    }
    int byAddress = Arrays.compareUnsigned(mine, theirs);
    return byAddress != 0 ? byAddress : Integer.compare(port, other.port);
  }

  /** The form that {@link #parse} reads. */
  @Override
  public String toString() {
    if (address instanceof Inet4Address) {
      return address.getHostAddress() + ":" + port;
    }
    return "[" + ((Inet6Address) address).getHostAddress() + "]:" + port;
  }
}
