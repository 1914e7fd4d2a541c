package bdk.p2p.simulator.report;

import static bdk.p2p.simulator.report.ReportFixture.stream;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {
  @TempDir Path directory;
  private ReportFixture fixture;

  @BeforeEach
  void run() {
    fixture = new ReportFixture(directory);
  }

  private List<String> worse(
      double threshold, Consumer<ObjectNode> first, Consumer<ObjectNode> second) {
    return new Comparison(fixture.changed(first), fixture.changed(second))
        .worse(threshold).stream().map(Figure::name).toList();
  }

  private static Consumer<ObjectNode> bytes(String field, long value) {
    return content -> content.get("nodes").forEach(node -> ((ObjectNode) node).put(field, value));
  }

  @Test
  void reportIsNotWorseThanItself() {
    Comparison same = new Comparison(fixture.report(), fixture.report());
    assertEquals(List.of(), same.worse(0));
    assertTrue(same.figures().size() > 15);
  }

  @Test
  void slowerByMoreThanTheThresholdIsWorse() {
    for (String percentile : List.of("p50", "p95", "p99", "max")) {
      String field = percentile + "Millis";
      List<String> named = List.of("transactions " + percentile + " ms");
      assertEquals(List.of(), worse(10, stream(field, 100), stream(field, 110)));
      assertEquals(named, worse(10, stream(field, 100), stream(field, 110.1)));
      assertEquals(List.of(), worse(10, stream(field, 110.1), stream(field, 100)), "faster");
    }
  }

  @Test
  void fewMillisecondsAreNoise() {
    assertEquals(List.of(), worse(0, stream("p50Millis", 1), stream("p50Millis", 6)));
    assertEquals(1, worse(0, stream("p50Millis", 1), stream("p50Millis", 6.1)).size());
    assertEquals(1, worse(1_000, stream("p50Millis", 0), stream("p50Millis", 5.1)).size());
  }

  @Test
  void fewerDeliveriesAreWorse() {
    Consumer<ObjectNode> all = stream("expected", 100).andThen(stream("delivered", 100));
    Consumer<ObjectNode> some = stream("expected", 100).andThen(stream("delivered", 94));
    assertEquals(List.of("transactions delivered"), worse(5, all, some));
    assertEquals(List.of(), worse(6, all, some));
    assertEquals(List.of(), worse(0, some, all));
  }

  @Test
  void moreDuplicatesAreWorse() {
    String field = "duplicatesPerDelivery";
    assertEquals(
        List.of("transactions duplicates a delivery"),
        worse(10, stream(field, 1), stream(field, 1.2)));
    assertEquals(List.of(), worse(30, stream(field, 1), stream(field, 1.2)));
    assertEquals(List.of(), worse(0, stream(field, 0), stream(field, 0.05)), "noise");
  }

  @Test
  void moreBytesAreWorse() {
    assertEquals(
        List.of("bytes in median", "bytes in max"),
        worse(10, bytes("bytesIn", 100_000), bytes("bytesIn", 111_000)));
    assertEquals(
        List.of("bytes out median", "bytes out max"),
        worse(10, bytes("bytesOut", 100_000), bytes("bytesOut", 111_000)));
    assertEquals(List.of(), worse(0, bytes("bytesOut", 100), bytes("bytesOut", 10_100)), "noise");
  }

  @Test
  void oneMoreBrokenClaimIsWorseWhateverTheThreshold() {
    Consumer<ObjectNode> broken =
        content -> ((ObjectNode) content.get("claims").get(0)).put("held", false);
    assertEquals(List.of("claims broken"), worse(10_000, content -> {}, broken));
    assertEquals(List.of(), worse(0, broken, content -> {}));
    assertEquals(List.of(), worse(0, broken, broken));
  }

  @Test
  void streamThatIsGoneIsWorseAndNewOneIsNot() {
    Consumer<ObjectNode> without = content -> content.putArray("propagation");
    assertTrue(worse(100, content -> {}, without).contains("transactions delivered"));
    assertEquals(List.of(), worse(0, without, content -> {}));
  }

  @Test
  void requestsAndTimesAreShownOnly() {
    Consumer<ObjectNode> slow =
        content -> {
          content.put("wallMillis", 1e9).put("virtualMillis", 1e9);
          ((ObjectNode) content.get("requests")).put("TIMED_OUT", 1_000_000);
        };
    assertEquals(List.of(), worse(0, content -> {}, slow));
  }

  @Test
  void tableHasLineForEachFigureAndEndsInNoBlanks() {
    Report other =
        fixture.changed(
            stream("p50Millis", 200).andThen(content -> content.put("backend", "loopback")));
    Report first = fixture.changed(stream("p50Millis", 100));
    Comparison comparison = new Comparison(first, other);
    List<String> lines = comparison.table().lines().toList();
    assertEquals(comparison.figures().size() + 5, lines.size());
    assertTrue(lines.stream().noneMatch(line -> line.endsWith(" ")));
    assertEquals(List.of("backend", "virtual", "loopback"), List.of(lines.get(2).split(" +")));
    assertTrue(
        lines.stream().anyMatch(line -> line.matches("transactions p50 ms +100 +200 +\\+100.0 %")),
        comparison::table);
  }

  @Test
  void figureOfOneReportOnlySaysSo() {
    Report without = fixture.changed(content -> content.putArray("propagation"));
    assertTrue(new Comparison(fixture.report(), without).table().contains("only in A"));
    assertTrue(new Comparison(without, fixture.report()).table().contains("only in B"));
  }
}
