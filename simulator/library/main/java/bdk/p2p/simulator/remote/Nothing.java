package bdk.p2p.simulator.remote;

import bdk.p2p.manager.ManagerStatistics;
import bdk.p2p.message.CloseReason;
import bdk.p2p.message.DropReason;
import bdk.p2p.message.Misbehaviour;
import bdk.p2p.message.RequestOutcome;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a node has done that has told nothing yet. No state. */
final class Nothing {
  static final ManagerStatistics DONE =
      new ManagerStatistics(
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          zeros(RequestOutcome.values()),
          zeros(DropReason.values()),
          0,
          zeros(CloseReason.Code.values()),
          zeros(CloseReason.Code.values()),
          zeros(Misbehaviour.values()),
          0);

  private Nothing() {}

  private static <T> Map<T, Long> zeros(T[] values) {
    Map<T, Long> zeros = new LinkedHashMap<>();
    Arrays.asList(values).forEach(value -> zeros.put(value, 0L));
    return zeros;
  }
}
