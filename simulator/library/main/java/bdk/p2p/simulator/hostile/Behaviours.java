package bdk.p2p.simulator.hostile;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All behaviours by name. No state. */
public final class Behaviours {
  private static final Map<String, Behaviour> ALL = all();

  private Behaviours() {}

  private static Map<String, Behaviour> all() {
    Map<String, Behaviour> all = new LinkedHashMap<>();
    all.put("zero-length-frame", new ZeroLengthFrame());
    all.put("short-frame", new ShortFrame());
    all.put("unknown-type", new UnknownType());
    all.put("second-answer", new SecondAnswer());
    all.put("unasked-answer", new UnaskedAnswer());
    all.put("huge-frame", new HugeFrame());
    all.put("half-handshake", new HalfHandshake());
    all.put("half-header", new HalfHeader());
    all.put("request-flood", new RequestFlood());
    all.put("taken-port", new TakenPort());
    all.put("mirror", new Mirror());
    all.put("address-flood", new AddressFlood());
    all.put("crowd", new Crowd());
    all.put("garbage", new Garbage());
    all.put("eclipse", new Eclipse());
    return all;
  }

  /** Their names, in the order to show them. */
  public static List<String> names() {
    return List.copyOf(ALL.keySet());
  }

  /**
   * The behaviour of a name.
   *
   * @throws IllegalArgumentException if there is none, naming those there are
   */
  static Behaviour named(String name) {
    require(name);
    return ALL.get(name);
  }

  /**
   * Refuses a name that is none.
   *
   * @throws IllegalArgumentException naming those there are
   */
  public static void require(String name) {
    if (!ALL.containsKey(name)) {
      throw new IllegalArgumentException(
          "behaviour is '" + name + "', expected one of " + String.join(", ", ALL.keySet()));
    }
  }
}
