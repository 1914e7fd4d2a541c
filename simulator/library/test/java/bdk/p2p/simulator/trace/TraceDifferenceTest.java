package bdk.p2p.simulator.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.environment.Environment;
import bdk.p2p.simulator.oracle.Claim;
import bdk.p2p.simulator.oracle.ClaimBoard;
import bdk.p2p.simulator.run.NodeHook;
import bdk.p2p.simulator.run.RunOptions;
import bdk.p2p.simulator.run.RunRecord;
import bdk.p2p.simulator.run.ScenarioRunner;
import bdk.p2p.simulator.run.SimulatedNode;
import bdk.p2p.simulator.scenario.Catalogue;
import bdk.p2p.simulator.scenario.Scenario;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceDifferenceTest {
  private static final List<String> IDS = List.of("discovery", "node-1", "node-2");

  @TempDir Path directory;

  private Path file(String name, Events events) throws IOException {
    Path file = directory.resolve(name);
    try (TraceFile trace = new TraceFile(file, IDS)) {
      events.tell(trace);
      trace.end("abc");
    }
    return file;
  }

  private interface Events {
    void tell(TraceSink sink);
  }

  private static void thousand(TraceSink sink, int tampered, int checksum) {
    for (int number = 1; number <= 1_000; number++) {
      sink.event(number * 1_000L, number % 3, "BYTES", 7, 19, number == tampered ? checksum : 5);
      if (number % 100 == 0) {
        sink.digest(number, "00" + number);
      }
    }
  }

  @Test
  void equalTracesHaveNoDifferencePackedOrNot() throws Exception {
    Path plain = file("plain", sink -> thousand(sink, 0, 0));
    Path packed = file("packed.gz", sink -> thousand(sink, 0, 0));
    assertEquals(Optional.empty(), TraceDifference.first(plain, packed));
    assertTrue(Files.size(packed) * 4 < Files.size(plain));
  }

  @Test
  void theOneEventThatWasTamperedWithIsFoundWithBothSides() throws Exception {
    Path one = file("one", sink -> thousand(sink, 0, 0));
    Path other = file("other", sink -> thousand(sink, 777, 0xbad));
    TraceDifference found = TraceDifference.first(one, other).orElseThrow();
    assertEquals(777, found.number());
    assertEquals(new TraceEntry(777_000, "discovery", "BYTES", 7, 19, "5"), found.one().get());
    assertEquals(new TraceEntry(777_000, "discovery", "BYTES", 7, 19, "bad"), found.other().get());
    assertEquals(
        "at 0.000777000 s, node discovery, BYTES, connection 7, 19 bytes, checksum bad",
        found.other().get().toString());
  }

  @Test
  void traceThatEndsEarlierDiffersAtItsEnd() throws Exception {
    Path one = file("one", sink -> sink.event(1, 9, "FIN", 1, 0, 0));
    Path other = file("other", sink -> {});
    TraceDifference found = TraceDifference.first(one, other).orElseThrow();
    assertEquals(1, found.number());
    assertEquals("host 9", found.one().orElseThrow().node());
    assertTrue(found.other().isEmpty());
  }

  @Test
  void whatIsNoTraceIsRefusedWithItsPlace() throws Exception {
    Path good = file("good", sink -> thousand(sink, 0, 0));
    Path garbage = Files.writeString(directory.resolve("garbage"), "what is this\n");
    assertComplaint(
        garbage + ":1: expected 'bdk-sim trace 1', found 'what is this'", garbage, good);
    Path bent = Files.writeString(directory.resolve("bent"), TraceFile.FIRST_LINE + "\n1 2 three");
    assertComplaint(bent + ":2: expected an event of six words, found '1 2 three'", good, bent);
  }

  private static void assertComplaint(String expected, Path one, Path other) {
    IOException thrown = assertThrows(IOException.class, () -> TraceDifference.first(one, other));
    assertEquals(expected, thrown.getMessage());
  }

  @Test
  void theDigestOfRunIsTheSameWithTraceAndWithout() throws Exception {
    Path traced = directory.resolve("traced");
    RunRecord with = run(traced, NodeHook.NONE);
    RunRecord without = new ScenarioRunner(scenario(), RunOptions.seeded(3), board()).run();
    assertEquals(without.digest(), with.digest());
    List<String> lines = Files.readAllLines(traced);
    assertEquals("end " + with.events() + " " + with.digest(), lines.get(lines.size() - 1));
    assertEquals(with.events(), lines.size() - 1 - IDS.size() - 1 - with.events() / 10_000);
  }

  @Test
  void leakOfChanceIntoNodeIsFoundAtTheFirstEventThatShowsIt() throws Exception {
    Path one = directory.resolve("one");
    Path other = directory.resolve("other");
    RunRecord clean = run(one, NodeHook.NONE);
    RunRecord leaking = run(other, new OtherChance("node-2"));
    assertFalse(clean.digest().equals(leaking.digest()));
    TraceDifference found = TraceDifference.first(one, other).orElseThrow();
    TraceEntry shown = found.other().orElseThrow();
    // Node 2's first message with an id of its own chance: same time and size, other bytes.
    assertEquals("BYTES", shown.event());
    assertEquals(found.one().orElseThrow().nanos(), shown.nanos());
    assertEquals(found.one().orElseThrow().byteCount(), shown.byteCount());
    assertFalse(found.one().orElseThrow().checksum().equals(shown.checksum()));
  }

  private static Scenario scenario() {
    return Catalogue.get("two-nodes");
  }

  private static ClaimBoard board() {
    return new ClaimBoard(Claim.of(scenario()));
  }

  private static RunRecord run(Path trace, NodeHook hook) throws IOException {
    try (TraceFile sink = new TraceFile(trace, IDS)) {
      RunOptions options = RunOptions.seeded(3).withHook(hook).withTrace(sink);
      RunRecord record = new ScenarioRunner(scenario(), options, board()).run();
      sink.end(record.digest());
      return record;
    }
  }

  /** One node draws from a stream that is not the world's. */
  private record OtherChance(String id) implements NodeHook {
    @Override
    public Environment environment(SimulatedNode node, Environment environment) {
      SplittableRandom leak = new SplittableRandom(4_711);
      return !node.id().equals(id)
          ? environment
          : (Environment)
              Proxy.newProxyInstance(
                  Environment.class.getClassLoader(),
                  new Class<?>[] {Environment.class},
                  (proxy, method, arguments) ->
                      method.getName().equals("random")
                          ? leak
                          : passedOn(environment, method, arguments));
    }

    private static Object passedOn(Environment real, Method method, Object[] arguments)
        throws Throwable {
      try {
        return method.invoke(real, arguments);
      } catch (InvocationTargetException thrown) {
        throw thrown.getCause();
      }
    }
  }
}
