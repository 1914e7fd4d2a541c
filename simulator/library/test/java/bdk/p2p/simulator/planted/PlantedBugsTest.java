package bdk.p2p.simulator.planted;

import static org.junit.jupiter.api.Assertions.assertEquals;

import bdk.p2p.simulator.oracle.ClaimResult;
import bdk.p2p.simulator.run.NodeHook;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The claims notice what they are for, and nothing else. */
class PlantedBugsTest {
  private static Set<String> broken(List<ClaimResult> results) {
    return results.stream()
        .filter(result -> !result.held())
        .map(ClaimResult::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void noClaimBreaksWithoutBug() {
    List<ClaimResult> results = SmallNetwork.run(NodeHook.NONE);
    assertEquals(Set.of(), broken(results), results::toString);
  }

  @ParameterizedTest
  @EnumSource(PlantedBug.class)
  void bugBreaksExactlyItsClaims(PlantedBug bug) {
    List<ClaimResult> results = SmallNetwork.run(bug.hook());
    assertEquals(bug.breaks(), broken(results), results::toString);
  }
}
