package bdk.p2p.simulator.containers;

import bdk.p2p.simulator.scenario.ScenarioException;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.testcontainers.images.builder.ImageFromDockerfile;

/**
 * The images of a run: that of a node, built from {@code docker/Dockerfile} and the modules of the
 * command line unless there is one to be used, and one with the tools that make faults. No state.
 */
final class NodeImage {
  /** The folder of the project; set by {@code simulator/bdk-sim}. */
  static final String PROJECT_PROPERTY = "bdk.p2p.simulator.project";

  /** An image of a node to use, rather than to build one; or the environment's variable. */
  static final String NODE_PROPERTY = "bdk.p2p.simulator.nodeImage";

  /** The image with which nodes return that have stopped in order; or the variable. */
  static final String NEXT_PROPERTY = "bdk.p2p.simulator.nextNodeImage";

  private static final String NODE_VARIABLE = "BDK_NODE_IMAGE";
  private static final String NEXT_VARIABLE = "BDK_NEXT_NODE_IMAGE";

  /** What {@code docker/base} makes, where no registry answers. */
  private static final Map<String, String> LOCAL =
      Map.of(
          "BDK_BUILD_IMAGE", "bdk-jdk:local",
          "BDK_BASE_IMAGE", "bdk-base:local",
          "BDK_TOOLS_IMAGE", "bdk-tools:local");

  private NodeImage() {}

  /** The image of nodes that is to be used; empty if one is to be built. */
  static Optional<String> given() {
    return told(NODE_PROPERTY, NODE_VARIABLE);
  }

  /** The image that takes its place wherever a node has stopped in order; empty for none. */
  static Optional<String> next() {
    return told(NEXT_PROPERTY, NEXT_VARIABLE);
  }

  private static Optional<String> told(String property, String variable) {
    return Optional.ofNullable(System.getProperty(property))
        .or(() -> Optional.ofNullable(System.getenv(variable)));
  }

  /** What {@link #build} calls an image. */
  static String name(String version, Belongings belongings) {
    return "bdk-p2p/node:" + version + "-" + belongings.run();
  }

  /**
   * The name of an image of a node.
   *
   * @param version what its label says, and the name of its tag begins with
   */
  static String build(DockerClient client, Belongings belongings, String version) {
    Path project = project();
    Path modules = project.resolve("simulator/cli/target/modules");
    if (!Files.isDirectory(modules)) {
      throw new ScenarioException(
          "the backend containers finds no modules for its image in " + modules + "; build them");
    }
    Map<String, String> arguments = new LinkedHashMap<>();
    base(client, "BDK_BUILD_IMAGE").ifPresent(one -> arguments.put("BUILD_IMAGE", one));
    base(client, "BDK_BASE_IMAGE").ifPresent(one -> arguments.put("BASE_IMAGE", one));
    arguments.put("VERSION", version);
    arguments.put("RUN_LABEL", belongings.run());
    arguments.put("OWNER_LABEL", belongings.owner().toString());
    return new ImageFromDockerfile(name(version, belongings), false)
        .withFileFromPath("Dockerfile", project.resolve("docker/Dockerfile"))
        .withFileFromPath("docker/entry", project.resolve("docker/entry"))
        .withFileFromPath("simulator/cli/target/modules", modules)
        .withBuildArgs(arguments)
        .withBuildImageCmdModifier(command -> command.withLabels(belongings.labels()))
        .get();
  }

  /** An image that has {@code sh}, {@code ip}, {@code tc} and {@code iptables}. */
  static String tools(DockerClient client, Belongings belongings) {
    return base(client, "BDK_TOOLS_IMAGE")
        .orElseGet(
            () ->
                new ImageFromDockerfile("bdk-p2p/tools:" + belongings.run(), false)
                    .withFileFromPath("Dockerfile", project().resolve("docker/Dockerfile.tools"))
                    .withBuildImageCmdModifier(command -> command.withLabels(belongings.labels()))
                    .get());
  }

  /** What the environment says, or what was made locally; otherwise the file's own default. */
  private static Optional<String> base(DockerClient client, String variable) {
    return Optional.ofNullable(System.getenv(variable))
        .or(() -> Optional.of(LOCAL.get(variable)).filter(name -> isThere(client, name)));
  }

  private static boolean isThere(DockerClient client, String image) {
    try {
      client.inspectImageCmd(image).exec();
      return true;
    } catch (NotFoundException notThere) {
      return false;
    }
  }

  private static Path project() {
    String told = System.getProperty(PROJECT_PROPERTY);
    if (told != null) {
      return Path.of(told);
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isRegularFile(at.resolve("docker/Dockerfile"))) {
        return at;
      }
    }
    throw new ScenarioException(
        "the backend containers does not know the folder of the project, which has"
            + " docker/Dockerfile; run simulator/bdk-sim, or set -D"
            + PROJECT_PROPERTY);
  }
}
