package bdk.p2p.simulator.scenario;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the field {@code workload} of a scenario file. No state. */
final class WorkloadFields {
  private static final Duration SHORT = Duration.ofMillis(1);
  private static final Duration LONG = Duration.ofHours(1);

  private WorkloadFields() {}

  static Workload read(YamlValue value) {
    value.only("broadcasts", "requests", "notifications");
    Set<String> names = new HashSet<>();
    List<Workload.Broadcasts> broadcasts =
        value
            .find("broadcasts")
            .map(list -> list.list(one -> broadcasts(one, names)))
            .orElse(List.of());
    return new Workload(
        broadcasts,
        value.find("requests").map(WorkloadFields::requests),
        value.find("notifications").map(WorkloadFields::notifications));
  }

  private static Workload.Requests requests(YamlValue value) {
    value.only("every", "answerBytes");
    return new Workload.Requests(
        value.get("every").duration(SHORT, LONG),
        value.get("answerBytes").number(Workload.LEAST_BYTES, Workload.MOST_BYTES));
  }

  private static Workload.Notifications notifications(YamlValue value) {
    value.only("every", "bytes");
    return new Workload.Notifications(
        value.get("every").duration(SHORT, LONG),
        value.get("bytes").number(Workload.LEAST_BYTES, Workload.MOST_BYTES));
  }

  private static Workload.Broadcasts broadcasts(YamlValue value, Set<String> names) {
    value.only("name", "command", "bytes", "every");
    YamlValue name = value.get("name");
    name.unique(name.words(), names);
    return new Workload.Broadcasts(
        name.words(),
        broadcastCommand(value.get("command")),
        value.get("bytes").number(Workload.LEAST_BYTES, Workload.MOST_BYTES),
        value.get("every").duration(SHORT, LONG));
  }

  /** The protocol's other commands are never broadcast. */
  private static int broadcastCommand(YamlValue value) {
    int command = value.number(4, 0xffff);
    if (command > 6 && command < 10) {
      throw value.complaint(
          "expected 4, 5, 6 or a command from 10 to 65535, found '" + command + "'");
    }
    return command;
  }
}
