package bdk.p2p.simulator.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTest {
  private static List<String> lines(Report report) {
    return Summary.of(report).lines().toList();
  }

  @Test
  void eachFaultSaysHowOftenItBitOnOneLineForAllOccurrences() {
    List<String> lines = lines(HandMadeReport.full());
    List<String> faults = lines.stream().filter(line -> line.startsWith("fault ")).toList();
    assertEquals(
        List.of(
            "fault         crash bit 2 times, in 2 of 2 occurrences",
            "fault         split-the-world (partition) bit 18,223 times",
            "fault         lossy-links (loss) bit 412 times",
            "fault         late (slow) bit 0 times"),
        faults);
    int claims =
        lines.indexOf(
            lines.stream().filter(line -> line.startsWith("held")).findFirst().orElseThrow());
    assertTrue(lines.indexOf(faults.get(3)) < claims);
    assertTrue(lines.indexOf(faults.get(0)) > 0);
  }

  @Test
  void aRunWithoutFaultsSaysNothingOfThem() {
    assertTrue(lines(HandMadeReport.quiet()).stream().noneMatch(line -> line.startsWith("fault")));
  }
}
