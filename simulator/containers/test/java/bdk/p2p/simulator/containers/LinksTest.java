package bdk.p2p.simulator.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import bdk.p2p.simulator.backend.MachineSpec;
import bdk.p2p.simulator.fault.Bandwidth;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What tc is told so that links are as narrow as the narrowest of what limits them. */
class LinksTest {
  private static final long MBIT = 1_000_000;

  /** The first has no limit, the second 2 Mbit/s up and 8 Mbit/s down. */
  private final Links links =
      new Links(List.of(new MachineSpec(0, 0, 0), new MachineSpec(1, 8 * MBIT, 2 * MBIT)));

  private static Links.Narrower narrower(long upload, long download, Integer... victims) {
    return new Links.Narrower(new Bandwidth(upload, download), Set.of(victims));
  }

  private String change(int machine, Links.Narrower narrower) {
    return links.change(machine, narrower.fault());
  }

  @Test
  void endOfOneFaultLeavesTheOtherInForce() {
    Links.Narrower wide = narrower(MBIT, 0, 0);
    Links.Narrower narrow = narrower(MBIT / 3, 0, 0, 1);
    links.add(wide);
    assertEquals(Shaping.upload(MBIT), change(0, wide));
    links.add(narrow);
    assertEquals(Shaping.upload(MBIT / 3), change(0, narrow));
    assertEquals(Shaping.upload(MBIT / 3), change(1, narrow));
    links.remove(wide);
    assertEquals(Shaping.upload(MBIT / 3), change(0, wide));
    links.remove(narrow);
    assertEquals(Shaping.noUpload(), change(0, narrow));
    assertEquals(Shaping.upload(2 * MBIT), change(1, narrow));
  }

  @Test
  void widerFaultDoesNotWidenWhatANarrowerOneLimits() {
    Links.Narrower narrow = narrower(MBIT, MBIT / 2, 0);
    Links.Narrower wide = narrower(5 * MBIT, 5 * MBIT, 0);
    links.add(narrow);
    links.add(wide);
    assertEquals(Shaping.upload(MBIT) + Shaping.download(MBIT / 2), change(0, wide));
    links.remove(narrow);
    assertEquals(Shaping.upload(5 * MBIT) + Shaping.download(5 * MBIT), change(0, narrow));
    links.remove(wide);
    assertEquals(Shaping.noUpload() + Shaping.noDownload(), change(0, wide));
  }

  @Test
  void linksOfTheScenarioStayTheWidest() {
    Links.Narrower wide = narrower(5 * MBIT, 5 * MBIT, 1);
    links.add(wide);
    assertEquals(Shaping.upload(2 * MBIT) + Shaping.download(5 * MBIT), change(1, wide));
    links.remove(wide);
    assertEquals(Shaping.upload(2 * MBIT) + Shaping.download(8 * MBIT), change(1, wide));
  }

  @Test
  void ofTwoEqualFaultsOneIsTakenBackAtATime() {
    links.add(narrower(MBIT, 0, 0));
    links.add(narrower(MBIT, 0, 0));
    links.remove(narrower(MBIT, 0, 0));
    assertEquals(Shaping.upload(MBIT), change(0, narrower(MBIT, 0, 0)));
    links.remove(narrower(MBIT, 0, 0));
    assertEquals(Shaping.noUpload(), change(0, narrower(MBIT, 0, 0)));
  }

  @Test
  void whatAFaultDoesNotLimitIsNotTouched() {
    Links.Narrower download = narrower(0, MBIT, 1);
    links.add(download);
    links.add(narrower(MBIT, 0, 1));
    assertEquals(Shaping.download(MBIT), change(1, download));
  }
}
