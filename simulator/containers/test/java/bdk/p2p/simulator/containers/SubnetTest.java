package bdk.p2p.simulator.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import bdk.p2p.simulator.scenario.ScenarioException;
import com.github.dockerjava.api.exception.DockerException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.Network;

/** Which networks an engine is asked for. */
class SubnetTest {
  private final List<String> asked = new ArrayList<>();

  /** An engine that has no such networks free. */
  private Subnet.Maker engineWithout(Set<String> taken) {
    return (kind, range) -> {
      String what = kind + range.map(" "::concat).orElse("");
      asked.add(what);
      if (taken.contains(what)) {
        throw new DockerException("not free: " + what, 403);
      }
      return NOBODYS;
    };
  }

  /** Nobody joins it here. */
  private static final Network NOBODYS = null;

  @Test
  void rangeThatIsTakenIsPassedBy() {
    Subnet subnet = Subnet.take(127, engineWithout(Set.of("net 10.191.0.0/16")));
    assertEquals("10.64.0.0/16", subnet.range());
    assertEquals(List.of("net 10.191.0.0/16", "net 10.64.0.0/16", "control"), asked);
  }

  @Test
  void networkForControlThatCannotBeMadeIsTheReason() {
    String message =
        assertThrows(
                ScenarioException.class, () -> Subnet.take(0, engineWithout(Set.of("control"))))
            .getMessage();
    assertEquals(
        "the backend containers finds no network for control: Status 403: not free: control",
        message);
    assertEquals(List.of("net 10.64.0.0/16", "control"), asked);
  }

  @Test
  void lastReasonIsNamedIfNoRangeIsFree() {
    Subnet.Maker none =
        (kind, range) -> {
          asked.add(kind);
          throw new DockerException("not free: " + range.orElseThrow(), 403);
        };
    assertEquals(
        "the backend containers finds no free network from 10.64 to 10.191:"
            + " Status 403: not free: 10.66.0.0/16",
        assertThrows(ScenarioException.class, () -> Subnet.take(3, none)).getMessage());
    assertEquals(128, asked.size());
  }
}
