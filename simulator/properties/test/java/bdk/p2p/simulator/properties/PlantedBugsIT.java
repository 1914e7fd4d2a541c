package bdk.p2p.simulator.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.simulator.capsule.CapsuleFolder;
import bdk.p2p.simulator.capsule.Case;
import bdk.p2p.simulator.capsule.RealTrial;
import bdk.p2p.simulator.capsule.Replay;
import bdk.p2p.simulator.capsule.Shrinker;
import bdk.p2p.simulator.capsule.Size;
import bdk.p2p.simulator.capsule.Soak;
import bdk.p2p.simulator.capsule.Trial;
import bdk.p2p.simulator.capsule.Verdict;
import bdk.p2p.simulator.run.NodeHook;
import bdk.p2p.simulator.scenario.Capsule;
import bdk.p2p.simulator.scenario.CapsuleFile;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Soak finds a bug, makes it small and keeps it; replay shows it, and shows when it is gone. */
class PlantedBugsIT {
  private static final Knobs KNOBS =
      Knobs.defaults().withMaxNodes(8).withMaxFaults(3).withMaxDuration(Duration.ofSeconds(10));

  @TempDir Path folder;

  @TempDir Path work;

  @ParameterizedTest
  @EnumSource
  void plantedBugIsFoundMadeSmallKeptAndReplayed(PlantedBugs bug) throws Exception {
    Trial trial = one -> new RealTrial(bug.plant()).run(one);
    Soak soak = new Soak(seed -> ScenarioArbitraries.drawn(seed, KNOBS), trial, System::nanoTime);
    Soak.Outcome outcome = soak.search(1, 100, Duration.ofMinutes(2), progress -> {});
    Case found = outcome.broken().orElseThrow();
    Verdict verdict = outcome.verdict().orElseThrow();
    assertEquals(
        bug.claim(),
        verdict.breach().orElseThrow().claim(),
        () -> verdict.breach().orElseThrow().toString());

    Shrinker.Result small =
        new Shrinker(trial, 400, Duration.ofMinutes(2), System::nanoTime).shrink(found, verdict);
    System.out.printf(
        "%s: run %d, %s -> %s, %d tries%n",
        bug, outcome.progress().runs(), found.size(), small.smallest().size(), small.tries());
    assertTrue(small.isFinished());
    assertSmaller(found.size(), small.smallest().size());
    assertTrue(small.smallest().size().nodes() <= 5, () -> small.smallest().size().toString());
    assertTrue(small.smallest().schedule().size() <= 1);

    Path file =
        CapsuleFolder.write(
            CapsuleFolder.capsule("test", small.smallest(), small.verdict()), folder);
    Capsule capsule = CapsuleFile.read(file);
    Replay sick = Replay.of(capsule, bug.plant());
    assertTrue(sick.breaksAsRecorded(), sick::toString);
    assertTrue(sick.isSameRun(), sick::toString);
    assertEquals(verdict.breach().orElseThrow().claim(), capsule.breach().claim());
    Replay sound = Replay.of(capsule, NodeHook.NONE);
    assertTrue(sound.isHeld(), sound::toString);
    GeneratedTest.Ended ended = GeneratedTest.compiled(folder, work).run();
    assertEquals(0, ended.exitCode(), ended::said);
  }

  private static void assertSmaller(Size before, Size after) {
    String both = before + " -> " + after;
    assertTrue(after.nodes() < before.nodes(), both);
    assertTrue(after.faults() < before.faults(), both);
    assertTrue(after.seconds() < before.seconds(), both);
    assertTrue(after.broadcasts() < before.broadcasts(), both);
  }
}
