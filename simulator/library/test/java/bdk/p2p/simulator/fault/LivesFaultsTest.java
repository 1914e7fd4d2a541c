package bdk.p2p.simulator.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LivesFaultsTest {
  static Stream<Arguments> ends() {
    return Stream.of(
        Arguments.of(new Crash(false), new Crash(true), "crash", Ability.POWER_OFF),
        Arguments.of(new Kill(false), new Kill(true), "kill", Ability.KILL),
        Arguments.of(new Stop(false), new Stop(true), "stop", Ability.STOP));
  }

  @ParameterizedTest
  @MethodSource("ends")
  void eachVictimGoesAndReturns(Fault fault, Fault persisted, String how, Ability ability) {
    try (FaultRig rig = new FaultRig(3)) {
      FaultRig.Struck struck = rig.strike(fault, 0, 2);
      assertEquals(List.of(how + " 0", how + " 2"), struck.orders);
      assertEquals(2, struck.bites);
      struck.end();
      assertEquals(List.of("start 0", "start 2"), struck.orders.subList(2, 4));
      struck = rig.strike(persisted, 1);
      struck.end();
      assertEquals(List.of(how + " 1", "start 1 persisted"), struck.orders);
      assertEquals(Set.of(ability), fault.needs());
      assertEquals(how, fault.kind());
    }
  }

  @ParameterizedTest
  @MethodSource("ends")
  void whoIsDownAlreadyIsNoBite(Fault fault, Fault persisted, String how, Ability ability) {
    try (FaultRig rig = new FaultRig(1)) {
      FaultRig.Struck struck = rig.strike(fault, 0);
      fault.begin(struck);
      assertEquals(1, struck.bites);
    }
  }

  @Test
  void churnDrawsTheWayByItsWeights() {
    try (FaultRig rig = new FaultRig(1)) {
      Churn churn = new Churn(1, 2, 7, true);
      List<String> ways = new ArrayList<>();
      FaultRig.Struck struck = rig.strike(churn, 0);
      for (int n = 1; n < 1_000; n++) {
        churn.end(struck);
        churn.begin(struck);
      }
      struck.orders.forEach(order -> ways.add(order.split(" ")[0]));
      int crashes = Collections.frequency(ways, "crash");
      int kills = Collections.frequency(ways, "kill");
      int stops = Collections.frequency(ways, "stop");
      assertEquals(1_000, crashes + kills + stops);
      assertTrue(crashes > 60 && crashes < 140, "" + crashes);
      assertTrue(kills > 150 && kills < 250, "" + kills);
      assertEquals(1_000, struck.bites);
    }
  }

  @Test
  void churnNeedsOnlyWhatItMayDo() {
    assertEquals(Set.of(Ability.POWER_OFF), new Churn(1, 0, 0, false).needs());
    assertEquals(Set.of(Ability.KILL), new Churn(0, 1, 0, false).needs());
    assertEquals(Set.of(Ability.STOP), new Churn(0, 0, 1, false).needs());
    assertEquals(
        Set.of(Ability.POWER_OFF, Ability.KILL, Ability.STOP), new Churn(1, 1, 1, false).needs());
  }

  @Test
  void figuresOutOfBoundsAreNamed() {
    assertEquals(
        "churn: kill is -1, expected 0 to 1000",
        assertThrows(IllegalArgumentException.class, () -> new Churn(1, -1, 1, false))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> new Churn(0, 0, 0, false));
  }
}
