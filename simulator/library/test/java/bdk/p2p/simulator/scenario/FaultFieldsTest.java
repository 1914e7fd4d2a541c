package bdk.p2p.simulator.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.simulator.fault.Bandwidth;
import bdk.p2p.simulator.fault.Churn;
import bdk.p2p.simulator.fault.ClockSkew;
import bdk.p2p.simulator.fault.ConnectBlackHole;
import bdk.p2p.simulator.fault.ConnectRefused;
import bdk.p2p.simulator.fault.Corrupt;
import bdk.p2p.simulator.fault.Crash;
import bdk.p2p.simulator.fault.Delay;
import bdk.p2p.simulator.fault.Fault;
import bdk.p2p.simulator.fault.HostilePeer;
import bdk.p2p.simulator.fault.Kill;
import bdk.p2p.simulator.fault.Loss;
import bdk.p2p.simulator.fault.Partition;
import bdk.p2p.simulator.fault.Reset;
import bdk.p2p.simulator.fault.Scope;
import bdk.p2p.simulator.fault.SlowReader;
import bdk.p2p.simulator.fault.Stall;
import bdk.p2p.simulator.fault.Stop;
import bdk.p2p.simulator.fault.Truncate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FaultFieldsTest {
  private static final String SCENARIO =
      """
      name: n
      description: d
      regions: {table: bitcoin-2019}
      nodes:
        - {name: discovery, type: discovery, count: 1, maxPeers: 9}
        - {name: node, type: normal, count: 3, minPeers: 1, maxPeers: 9}
      warmUp: 1s
      duration: 60s
      coolDown: 1s
      faults:
        - {after: 1s, kind: FAULT, lasting: 1s}
      claims: {duplicatesPerDelivery: 1}
      """;

  private static Fault read(String fault) {
    return ScenarioFile.parse("a.yaml", SCENARIO.replace("FAULT", fault)).faults().get(0).fault();
  }

  static Stream<Arguments> good() {
    Duration second = Duration.ofSeconds(1);
    Duration none = Duration.ZERO;
    return Stream.of(
        Arguments.of("latency, delay: 1s", new Delay(second, none, Scope.BOTH)),
        Arguments.of(
            "latency, jitter: 1s, direction: between-victims",
            new Delay(none, second, Scope.BETWEEN_VICTIMS)),
        Arguments.of("bandwidth, uploadBitsPerSecond: 9_000", new Bandwidth(9_000, 0)),
        Arguments.of("bandwidth, downloadBitsPerSecond: 9_000", new Bandwidth(0, 9_000)),
        Arguments.of("loss, rate: 0.5", new Loss(0.5, Optional.empty(), Scope.BOTH)),
        Arguments.of(
            "loss, rate: 1, resetAfter: 1s, direction: to-victims",
            new Loss(1, Optional.of(second), Scope.TO_VICTIMS)),
        Arguments.of("connect-refused", new ConnectRefused()),
        Arguments.of("connect-black-hole", new ConnectBlackHole()),
        Arguments.of("partition", new Partition(Partition.Direction.BOTH)),
        Arguments.of(
            "partition, direction: to-victims", new Partition(Partition.Direction.TO_VICTIMS)),
        Arguments.of("reset", new Reset(0, false)),
        Arguments.of("reset, perSecond: 2.5, betweenVictims: true", new Reset(2.5, true)),
        Arguments.of("slow-reader, bytesPerSecond: 100", new SlowReader(100)),
        Arguments.of("stall", new Stall(5)),
        Arguments.of("stall, keptBytes: 0", new Stall(0)),
        Arguments.of("corrupt, rate: 0.1", new Corrupt(0.1, 1, Scope.BOTH)),
        Arguments.of(
            "corrupt, rate: 0.1, bits: 9, direction: from-victims",
            new Corrupt(0.1, 9, Scope.FROM_VICTIMS)),
        Arguments.of("truncate, rate: 0.1", new Truncate(0.1, Scope.BOTH)),
        Arguments.of("crash, persisted: true", new Crash(true)),
        Arguments.of("kill", new Kill(false)),
        Arguments.of("kill, persisted: true", new Kill(true)),
        Arguments.of("stop, persisted: true", new Stop(true)),
        Arguments.of("churn, crash: 1, kill: 2, stop: 3", new Churn(1, 2, 3, false)),
        Arguments.of("churn, stop: 1, persisted: true", new Churn(0, 0, 1, true)),
        Arguments.of("clock-skew, ahead: 1s", ClockSkew.by(second)),
        Arguments.of("clock-skew, behind: 1s", ClockSkew.by(second.negated())),
        Arguments.of("clock-skew, upTo: 1s", new ClockSkew(second.negated(), second)),
        Arguments.of("hostile-peer, behaviour: garbage", new HostilePeer("garbage")));
  }

  @ParameterizedTest
  @MethodSource("good")
  void eachKindIsReadWithItsFields(String text, Fault expected) {
    assertEquals(expected, read(text));
    assertEquals(
        text.equals("partition, direction: to-victims"), !text.startsWith(expected.kind()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "latency | a.yaml:11:5: faults[0]: latency: delay and jitter are 0, expected one above it",
        "latency, delay: 2 | a.yaml:11:32: faults[0].delay: expected a time like 250ms, 60s or 2m"
            + " from 0ms to 3600s, found '2'",
        "latency, delay: 1s, direction: up | a.yaml:11:43: faults[0].direction: expected one of"
            + " both, from-victims, to-victims, between-victims, found 'up'",
        "bandwidth | a.yaml:11:5: faults[0]: bandwidth: uploadBitsPerSecond and"
            + " downloadBitsPerSecond are 0, expected a limit",
        "bandwidth, uploadBitsPerSecond: 1 | a.yaml:11:5: faults[0]: bandwidth:"
            + " uploadBitsPerSecond is 1, expected 1000 to 1000000000000",
        "loss | a.yaml:11:5: faults[0]: expected a field 'rate'",
        "loss, rate: 0 | a.yaml:11:29: faults[0].rate: expected a number from 1.0E-6 to 1.0, found"
            + " '0'",
        "slow-reader, bytesPerSecond: 0 | a.yaml:11:36: faults[0].bytesPerSecond: expected a whole"
            + " number from 1 to 1000000000, found '0'",
        "partition, direction: between-victims | a.yaml:11:34: faults[0].direction: expected one"
            + " of both, from-victims, to-victims, found 'between-victims'",
        "churn | a.yaml:11:5: faults[0]: churn: crash, kill and stop are 0, expected one above it",
        "clock-skew | a.yaml:11:5: faults[0]: expected one of ahead, behind and upTo, found 0",
        "clock-skew, ahead: 1s, upTo: 1s | a.yaml:11:5: faults[0]: expected one of ahead, behind"
            + " and upTo, found 2",
        "stall, bytes: 4 | a.yaml:11:30: faults[0].bytes: unknown field, expected one of kind,"
            + " name, nodes, share, group, region, ids, after, lasting, times, every, spread,"
            + " keptBytes",
      })
  void whatIsWrongIsNamedWithItsPlace(String text, String expected) {
    assertEquals(expected, assertThrows(ScenarioException.class, () -> read(text)).getMessage());
  }

  @ParameterizedTest
  @MethodSource("good")
  void onlyWhatIsDoneInAnInstantNeedsNoTime(String text, Fault fault) {
    String instant = SCENARIO.replace("FAULT", text).replace(", lasting: 1s", "");
    boolean isInstant =
        Set.of("crash", "kill", "stop", "churn").contains(fault.kind()) || text.equals("reset");
    assertEquals(isInstant, !fault.needsTime());
    if (isInstant) {
      assertEquals(Duration.ZERO, ScenarioFile.parse("a.yaml", instant).faults().get(0).lasting());
    } else {
      String name = text.split(",")[0];
      String expected =
          "a.yaml:11:5: faults[0]: %s: lasting is 0 s, expected above 0 s: %s does nothing in no time"
              .formatted(name, fault.kind());
      for (String wrong : List.of(instant, instant.replace("after:", "lasting: 0s, after:"))) {
        assertEquals(
            expected,
            assertThrows(ScenarioException.class, () -> ScenarioFile.parse("a.yaml", wrong))
                .getMessage());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"flood", "hostile-peer"})
  void whatThereIsNotIsNamedWithWhatThereIs(String name) {
    String text = name.equals("flood") ? name : name + ", behaviour: nice";
    String message = assertThrows(ScenarioException.class, () -> read(text)).getMessage();
    assertTrue(
        message.contains(name.equals("flood") ? "latency, bandwidth, loss" : "zero-length-frame"),
        message);
  }
}
