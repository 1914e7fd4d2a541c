package bdk.p2p.simulator.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import bdk.p2p.environment.Environment;
import bdk.p2p.simulator.scenario.ScenarioFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a node has stored outlives it, unless it comes back without what it had persisted. */
class StoredThingsTest {
  private static final String SCENARIO =
      """
      name: stored
      description: A node goes and comes back.
      backend: %s
      regions: {table: bitcoin-2019, jitter: 0.1}
      nodes:
        - {name: discovery, type: discovery, count: 1, region: EUROPE, maxPeers: 9}
        - {name: node, type: normal, count: 1, region: EUROPE, minPeers: 0, maxPeers: 9}
      warmUp: 500ms
      duration: 1s
      coolDown: 500ms
      faults: [{kind: %s, persisted: %s, ids: [node], after: 0s, lasting: 200ms}]
      claims: {duplicatesPerDelivery: 10}
      """;

  /** Stores something in each life, and notes what is there when it begins. */
  private static final class Diary implements NodeHook {
    private final List<Boolean> found = new ArrayList<>();

    @Override
    public Environment environment(SimulatedNode node, Environment real) {
      if (node.index() == 1) {
        try {
          found.add(real.storage().load("diary").isPresent());
          real.storage().store("diary", new byte[1]);
        } catch (IOException cause) {
          throw new UncheckedIOException(cause);
        }
      }
      return real;
    }
  }

  private static final class NobodyJudges implements Judge {
    @Override
    public void on(RunEvent event) {}

    @Override
    public int breachCount() {
      return 0;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "virtual, kill, true",
    "virtual, kill, false",
    "virtual, crash, true",
    "virtual, crash, false",
    "virtual, stop, true",
    "virtual, stop, false",
    "loopback, kill, true",
    "loopback, kill, false"
  })
  void isFoundAgainIfItIsPersisted(String backend, String fault, boolean persisted) {
    Diary diary = new Diary();
    String text = SCENARIO.formatted(backend, fault, persisted);
    new ScenarioRunner(
            ScenarioFile.parse("a.yaml", text),
            RunOptions.seeded(1).withHook(diary),
            new NobodyJudges())
        .run();
    assertEquals(List.of(false, persisted), diary.found);
  }
}
