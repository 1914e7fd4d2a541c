package bdk.p2p.simulator.scenario;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The claims that every scenario makes unless it says that it does without. No state. */
public final class ClaimNames {
  /** In the order in which a summary shows them. */
  public static final List<String> ALL =
      List.of(
          "everything-delivered",
          "handled-once",
          "nothing-too-early",
          "duplicate-budget",
          "requests-settled-once",
          "answered-by-asked",
          "order-kept",
          "bounds-kept",
          "one-session-per-peer",
          "discovery-converges",
          "nobody-punished",
          "ended-nodes-returned",
          "nothing-leaks");

  private ClaimNames() {}

  static Map<String, String> choices() {
    Map<String, String> choices = new LinkedHashMap<>();
    ALL.forEach(name -> choices.put(name, name));
    return choices;
  }
}
