package bdk.p2p.simulator.cli;

import bdk.p2p.message.NodeId;
import java.net.InetAddress;
import java.net.UnknownHostException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code HOST:PORT}, with names looked up and IPv6 addresses in brackets. No state. */
final class HostAndPort implements ITypeConverter<NodeId> {
  @Override
  public NodeId convert(String text) {
    int colon = text.lastIndexOf(':');
    String expected = "expected HOST:PORT with a port from 0 to 65535, found '" + text + "'";
    if (colon <= 0) {
      throw new TypeConversionException(expected);
    }
    try {
      int port = Integer.parseInt(text.substring(colon + 1));
      return new NodeId(InetAddress.getByName(text.substring(0, colon)), port);
    } catch (IllegalArgumentException notAPort) {
      throw new TypeConversionException(expected);
    } catch (UnknownHostException unknown) {
      throw new TypeConversionException("host '" + text.substring(0, colon) + "' has no address");
    }
  }
}
