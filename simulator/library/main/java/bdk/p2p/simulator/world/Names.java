package bdk.p2p.simulator.world;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The name service of a world: literal addresses, and the names that were registered. */
final class Names {
  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");

  private final Map<String, List<InetAddress>> registered = new HashMap<>();

  void register(String name, List<InetAddress> addresses) {
    registered.put(name, List.copyOf(addresses));
  }

  List<InetAddress> resolve(String name) throws UnknownHostException {
    List<InetAddress> known = registered.get(name);
    if (known != null && !known.isEmpty()) {
      return known;
    }
    // Only these two forms are sure never to ask the real name service.
    if (IPV4.matcher(name).matches() || name.indexOf(':') >= 0) {
      return List.of(InetAddress.getByName(name));
    }
    throw new UnknownHostException(name + ": not a name of this world");
  }
}
