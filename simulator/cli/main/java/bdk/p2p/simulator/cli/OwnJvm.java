package bdk.p2p.simulator.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command that started this JVM, to start others of its kind. Immutable.
 *
 * @param java the executable
 * @param options the JVM's options, module path or class path included
 * @param main what names the main class
 */
record OwnJvm(String java, List<String> options, List<String> main) {
  /** How options begin that name an archive of classes; it is of use to the JDK that wrote it. */
  private static final List<String> ARCHIVES =
      List.of("-XX:AOT", "-XX:SharedArchiveFile=", "-XX:ArchiveClassesAtExit=");

  OwnJvm {
    options = List.copyOf(options);
    main = List.copyOf(main);
  }

  /** This very JVM. */
  static OwnJvm current() {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String[] arguments = ProcessHandle.current().info().arguments().orElse(new String[0]);
    List<String> main = mainClass();
    int at = List.of(arguments).indexOf(main.get(main.size() - 1));
    // The system does not tell everybody, nor long commands; a launcher of an image has no main.
    List<String> options = at < 0 ? knownOptions() : optionsBefore(arguments, at, main);
    return new OwnJvm(java, options, main);
  }

  private static List<String> mainClass() {
    String module = System.getProperty("jdk.module.main");
    return module == null
        ? List.of(BdkSim.class.getName())
        : List.of("--module", module + "/" + BdkSim.class.getName());
  }

  private static List<String> optionsBefore(String[] arguments, int at, List<String> main) {
    return List.of(arguments).subList(0, at - main.size() + 1);
  }

  private static List<String> knownOptions() {
    List<String> options = new ArrayList<>();
    options.add("-Xmx" + Runtime.getRuntime().maxMemory());
    String modules = System.getProperty("jdk.module.path");
    if (modules != null) {
      options.addAll(List.of("--module-path", modules, "--add-modules", "ALL-MODULE-PATH"));
    } else if (System.getProperty("jdk.module.main") == null) {
      options.addAll(List.of("--class-path", System.getProperty("java.class.path")));
    }
    return options;
  }

  /** The same with another executable, which is not given the archive of this one's classes. */
  OwnJvm withJava(String other) {
    List<String> fit =
        options.stream().filter(option -> ARCHIVES.stream().noneMatch(option::startsWith)).toList();
    return new OwnJvm(other, fit, main);
  }

  /** The same with one more option. */
  OwnJvm withOption(String option) {
    List<String> more = new ArrayList<>(options);
    more.add(option);
    return new OwnJvm(java, more, main);
  }

  /** The whole command. */
  List<String> command(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(java);
    command.addAll(options);
    command.addAll(main);
    command.addAll(arguments);
    return command;
  }
}
