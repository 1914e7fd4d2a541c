package bdk.p2p.simulator.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Image;
import com.github.dockerjava.api.model.Network;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Takes away what runs have made, found by their labels; what has no such label is not touched. Any
 * thread; what is gone already is no failure.
 */
final class Sweeper {
  private final DockerClient client;

  Sweeper(DockerClient client) {
    this.client = client;
  }

  /** Takes away everything of one run. */
  void sweep(String run) {
    List<String> filter = List.of(Belongings.RUN + "=" + run);
    // Those that live in another's network go first.
    containers(filter).stream()
        .sorted((one, other) -> Long.compare(other.getCreated(), one.getCreated()))
        .forEach(
            one ->
                quietly(
                    () ->
                        client
                            .removeContainerCmd(one.getId())
                            .withForce(true)
                            .withRemoveVolumes(true)
                            .exec()));
    networks(filter).forEach(one -> quietly(() -> client.removeNetworkCmd(one.getId()).exec()));
    images(filter)
        .forEach(one -> quietly(() -> client.removeImageCmd(one.getId()).withForce(true).exec()));
  }

  /** Takes away everything of runs whose process is gone; returns which. */
  Set<String> sweepOrphans() {
    List<String> any = List.of(Belongings.RUN);
    Set<String> orphans = new TreeSet<>();
    Stream.of(
            containers(any).stream().map(Container::getLabels),
            networks(any).stream().map(Network::getLabels),
            images(any).stream().map(Sweeper::labels))
        .flatMap(labels -> labels)
        .filter(Sweeper::isOrphan)
        .map(labels -> labels.get(Belongings.RUN))
        .forEach(orphans::add);
    orphans.forEach(this::sweep);
    return orphans;
  }

  private static boolean isOrphan(Map<String, String> labels) {
    String owner = labels == null ? null : labels.get(Belongings.OWNER);
    return owner != null
        && Belongings.Owner.parse(owner).filter(Belongings.Owner::isGone).isPresent();
  }

  private List<Container> containers(List<String> labels) {
    return client.listContainersCmd().withShowAll(true).withLabelFilter(labels).exec();
  }

  private List<Network> networks(List<String> labels) {
    return client.listNetworksCmd().withFilter("label", labels).exec();
  }

  private List<Image> images(List<String> labels) {
    return client.listImagesCmd().withFilter("label", labels).exec();
  }

  private static Map<String, String> labels(Image image) {
    return image.getLabels() == null ? Map.of() : image.getLabels();
  }

  private static void quietly(Runnable action) {
    try {
      action.run();
    } catch (DockerException goneOrInUse) {
      // Whoever sweeps next finds it again.
    }
  }
}
