package bdk.p2p.simulator.cli;

import bdk.p2p.simulator.capsule.Replay;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bdk-sim replay}: runs a capsule once more. */
@Command(
    name = "replay",
    description = "Runs a capsule once more, and says whether its claim still breaks.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:no claim breaks any more",
      "1:a claim breaks",
      "2:bad usage, or no capsule of this version",
      "70:a failure of the simulator itself"
    })
final class ReplayCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "CAPSULE", description = "A file that soak has written.")
  private Path capsule;

  @Override
  public Integer call() {
    Replay replay = Replay.of(capsule);
    PrintWriter stdout = spec.commandLine().getOut();
    stdout.print(replay);
    stdout.flush();
    return replay.isHeld() ? 0 : BdkSim.CLAIM_BROKE;
  }
}
