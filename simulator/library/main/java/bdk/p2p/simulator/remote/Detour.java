package bdk.p2p.simulator.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * By how much longer a fault lets the way to some machines, and back, take. Any thread.
 *
 * @param out the indexes of machines to which it takes longer
 * @param back those from which it does
 * @param leastNanos by how much at least
 * @param moreNanos by how much more at most, drawn for each segment
 * @param count how often it did
 */
record Detour(
    Set<Integer> out, Set<Integer> back, long leastNanos, long moreNanos, AtomicLong count) {
  ObjectNode write(int fault) {
    ObjectNode command =
        ControlLine.saying("do", "delay")
            .put("fault", fault)
            .put("leastNanos", leastNanos)
            .put("moreNanos", moreNanos);
    out.forEach(command.putArray("out")::add);
    back.forEach(command.putArray("back")::add);
    return command;
  }

  static Detour of(JsonNode command) {
    return new Detour(
        indexes(command.path("out")),
        indexes(command.path("back")),
        command.path("leastNanos").asLong(),
        command.path("moreNanos").asLong(),
        new AtomicLong());
  }

  private static Set<Integer> indexes(JsonNode list) {
    Set<Integer> indexes = new LinkedHashSet<>();
    list.forEach(one -> indexes.add(one.asInt()));
    return indexes;
  }

  /** For a segment that leaves now. */
  long nanos(int machine, boolean isOut) {
    if (!(isOut ? out : back).contains(machine)) {
      return 0;
    }
    count.incrementAndGet();
    return leastNanos + ThreadLocalRandom.current().nextLong(moreNanos + 1);
  }
}
