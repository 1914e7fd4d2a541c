package bdk.p2p.simulator.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import bdk.p2p.manager.GuardOptions;
import bdk.p2p.manager.ManagerOptions;
import bdk.p2p.manager.Rate;
import bdk.p2p.message.Misbehaviour;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardFieldsTest {
  private static final String ALL =
      "{connectionsPerAddress: {perSecond: 1, burst: 2}, "
          + "connectionsPerNetwork: {perSecond: 3, burst: 4}, exemptLoopback: false, "
          + "threshold: 50, halfLife: 60000ms, banTime: 7200000ms, "
          + "points: {violation: 1, unknown-command: 2}, remembered: 9}";

  private static ManagerOptions parse(String options) {
    return ScenarioFile.parse(
            "a.yaml",
            """
            name: n
            description: d
            regions: {table: bitcoin-2019, jitter: 0.1}
            nodes:
              - {name: d, type: discovery, count: 1, maxPeers: 9}
              - {name: n, type: normal, count: 3, minPeers: 1, maxPeers: 9, options: %s}
            warmUp: 1s
            duration: 2s
            coolDown: 1s
            claims: {duplicatesPerDelivery: 1}
            """
                .formatted(options))
        .groups()
        .get(1)
        .options();
  }

  @Test
  void everyFieldIsReadAndWritten() {
    GuardOptions guard = parse("{guard: " + ALL + "}").guard();
    assertEquals(
        GuardOptions.builder()
            .connectionsPerAddress(new Rate(1, 2))
            .connectionsPerNetwork(new Rate(3, 4))
            .exemptLoopback(false)
            .threshold(50)
            .halfLife(Duration.ofMinutes(1))
            .banTime(Duration.ofHours(2))
            .points(Misbehaviour.VIOLATION, 1)
            .points(Misbehaviour.UNKNOWN_COMMAND, 2)
            .remembered(9)
            .build(),
        guard);
    assertEquals(ALL, GuardFields.text(guard).orElseThrow());
    YamlText text = new YamlText();
    ManagerOptions options =
        ManagerOptions.builder().maxPeers(9).minPeers(1).guard(guard).outboundSlots(5).build();
    OptionFields.write(options, text);
    assertEquals("options:\n  outboundSlots: 5\n  guard: " + ALL + "\n", text.toString());
  }

  @Test
  void whatIsAsByDefaultIsNotWritten() {
    YamlText text = new YamlText();
    OptionFields.write(ManagerOptions.builder().maxPeers(9).minPeers(1).build(), text);
    assertEquals("", text.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{guard: {threshold: 0}}",
        "{guard: {points: {reported: 1}}}",
        "{guard: {connectionsPerAddress: {perSecond: 1}}}",
        "{guard: {zzz: 1}}",
        "{outboundSlots: 9}"
      })
  void refusesWhatNoNodeTakes(String options) {
    assertThrows(ScenarioException.class, () -> parse(options));
  }
}
