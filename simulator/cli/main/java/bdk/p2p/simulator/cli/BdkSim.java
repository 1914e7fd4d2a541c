package bdk.p2p.simulator.cli;

import bdk.p2p.simulator.scenario.ScenarioException;
import java.util.List;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The entry: {@code bdk-sim list | run | compare | verify | soak | replay | schema | node | agent |
 * export | attach}, and {@code bench} where its module is there.
 */
@Command(
    name = "bdk-sim",
    description = "Runs networks of BDK nodes, in virtual time or on real sockets, or one node.",
    mixinStandardHelpOptions = true,
    version = "bdk-sim " + BdkSim.VERSION,
    synopsisSubcommandLabel = "COMMAND")
public final class BdkSim {
  /** The simulator's own. */
  static final String VERSION = "0.1.0";

  /** A claim did not hold. */
  static final int CLAIM_BROKE = 1;

  /** Bad usage, or a bad scenario. */
  static final int BAD_USAGE = 2;

  /** A failure of our own. */
  private static final int INTERNAL = 70;

  private static final List<Class<?>> COMMANDS =
      List.of(
          ListCommand.class,
          RunCommand.class,
          CompareCommand.class,
          VerifyCommand.class,
          SoakCommand.class,
          ReplayCommand.class,
          SchemaCommand.class,
          NodeCommand.class,
          AgentCommand.class,
          ExportCommand.class,
          AttachCommand.class);

  private BdkSim() {}

  /** Runs one command and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    int code;
    try {
      code = commandLine(arguments).execute(arguments);
    } catch (OutOfMemoryError failure) {
      long heapMegabytes = Runtime.getRuntime().maxMemory() >> 20;
      System.err.println(
          "bdk-sim: the heap of " + heapMegabytes + " MB is not enough; set BDK_SIM_HEAP, like 8g");
      code = INTERNAL;
    } catch (Throwable failure) {
      // An error that nobody handles would end the JVM with 1, which says that a claim broke.
      failure.printStackTrace();
      code = INTERNAL;
    }
    System.out.flush();
    System.exit(code);
  }

  /** With all commands. */
  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new BdkSim());
    COMMANDS.forEach(line::addSubcommand);
    ServiceLoader.load(Subcommand.class).forEach(line::addSubcommand);
    return configured(line);
  }

  /**
   * With no command but the one that these arguments begin with, because reading the options of all
   * costs a run a tenth of a second; with all if they begin with none.
   */
  static CommandLine commandLine(String... arguments) {
    for (Class<?> command : COMMANDS) {
      if (arguments.length > 0 && nameOf(command).equals(arguments[0])) {
        return configured(new CommandLine(new BdkSim()).addSubcommand(command));
      }
    }
    return commandLine();
  }

  private static String nameOf(Class<?> command) {
    return command.getAnnotation(Command.class).name();
  }

  private static CommandLine configured(CommandLine line) {
    return line.setParameterExceptionHandler(BdkSim::misused)
        .setExecutionExceptionHandler(BdkSim::failed)
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  /** One line rather than all of the help, of which there may be a page. */
  private static int misused(CommandLine.ParameterException wrong, String[] arguments) {
    CommandLine command = wrong.getCommandLine();
    String message = wrong.getMessage().replaceAll("\\s*\\R\\s*", " ");
    String name = command.getCommandSpec().qualifiedName();
    command.getErr().println("bdk-sim: " + message + " (" + name + " --help)");
    return BAD_USAGE;
  }

  private static int failed(Exception cause, CommandLine command, CommandLine.ParseResult parsed) {
    if (cause instanceof ScenarioException || cause instanceof UsageException) {
      command.getErr().println("bdk-sim: " + cause.getMessage());
      return BAD_USAGE;
    }
    cause.printStackTrace(command.getErr());
    return INTERNAL;
  }
}
