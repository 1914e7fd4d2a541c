package bdk.p2p.simulator.capsule;

import bdk.p2p.simulator.run.NodeHook;
import bdk.p2p.simulator.scenario.Capsule;
import bdk.p2p.simulator.scenario.CapsuleFile;
import bdk.p2p.simulator.scenario.ScenarioException;
import java.nio.file.Path;

/**
 * A capsule that was run once more.
 *
 * @param capsule what was recorded
 * @param verdict what became of it now
 */
public record Replay(Capsule capsule, Verdict verdict) {
  /**
   * Reads a capsule and runs it.
   *
   * @throws ScenarioException if there is no capsule in the file
   */
  public static Replay of(Path file) {
    return of(CapsuleFile.read(file), NodeHook.NONE);
  }

  /** Runs a capsule, with a hand in every node for tests that plant a bug. */
  public static Replay of(Capsule capsule, NodeHook hook) {
    Case one = Case.of(capsule.scenario(), capsule.seed(), capsule.schedule());
    return new Replay(capsule, new RealTrial(hook).run(one));
  }

  /** True if no claim breaks any more. */
  public boolean isHeld() {
    return verdict.breach().isEmpty();
  }

  /** True if the same claim breaks at the same instant of the run. */
  public boolean breaksAsRecorded() {
    return verdict
        .breach()
        .filter(now -> now.isLike(capsule.breach()) && now.atNanos() == capsule.breach().atNanos())
        .isPresent();
  }

  /** True if what happened on the network is the same, to the bit. */
  public boolean isSameRun() {
    return verdict.digest().equals(capsule.digest());
  }

  /** What became of it, for people; ends in a line break. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append("recorded: ").append(capsule.breach()).append('\n');
    text.append("now:      ")
        .append(verdict.breach().map(Object::toString).orElse("no claim breaks"))
        .append('\n');
    text.append(isHeld() ? "the claim holds now" : broken()).append('\n');
    text.append("digest: ").append(verdict.digest()).append('\n');
    if (!isSameRun()) {
      text.append("the digest differs from the recorded ")
          .append(capsule.digest())
          .append(": the run is another one, since the code, the simulator (")
          .append(capsule.simulator())
          .append(") or the JVM (")
          .append(capsule.java())
          .append(") is\n");
    }
    return text.toString();
  }

  private String broken() {
    return breaksAsRecorded() ? "the claim breaks as recorded" : "a claim breaks, not as recorded";
  }
}
