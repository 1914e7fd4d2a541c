package bdk.p2p.simulator.containers;

import java.nio.file.Path;
import java.util.Optional;
import org.testcontainers.images.builder.ImageFromDockerfile;

/**
 * The image of one node, built from {@code docker/Dockerfile} and the modules of the command line.
 */
final class NodeImage {
  /** The image to build on; where no registry answers, one that the machine has. */
  static final String BASE_IMAGE_VARIABLE = "BDK_BASE_IMAGE";

  private NodeImage() {}

  /**
   * Describes the image; it is built when the first container needs it.
   *
   * @param project the folder of the project
   */
  static ImageFromDockerfile of(Path project) {
    ImageFromDockerfile image =
        new ImageFromDockerfile("bdk-p2p/node", true)
            .withFileFromPath("Dockerfile", project.resolve("docker/Dockerfile"))
            .withFileFromPath(".", project.resolve("simulator/cli/target/modules"));
    Optional.ofNullable(System.getenv(BASE_IMAGE_VARIABLE))
        .ifPresent(base -> image.withBuildArg("BASE_IMAGE", base));
    return image;
  }
}
