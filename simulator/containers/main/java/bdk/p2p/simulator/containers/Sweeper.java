package bdk.p2p.simulator.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Image;
import com.github.dockerjava.api.model.Network;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Takes away what runs have made, found by their labels; what has no such label is not touched. Any
 * thread; what is gone already is no failure.
 */
final class Sweeper {
  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final long PAUSE_NANOS = 300_000_000;

  private final DockerClient client;

  Sweeper(DockerClient client) {
    this.client = client;
  }

  /**
   * Takes away everything of one run that is ending, as long as more of it comes: what the engine
   * has been told to make it may make a little later.
   */
  void sweepAll(String run) {
    long end = System.nanoTime() + LIMIT.toNanos();
    int empty = 0;
    while (empty < 2 && System.nanoTime() - end < 0) {
      empty = sweep(run) == 0 ? empty + 1 : 0;
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** Takes away everything of one run that is there; returns how much there was. */
  int sweep(String run) {
    List<String> filter = List.of(Belongings.RUN + "=" + run);
    // Those that live in another's network go first.
    List<Container> containers = containers(filter);
    containers.stream()
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
    List<Network> networks = networks(filter);
    networks.forEach(one -> quietly(() -> client.removeNetworkCmd(one.getId()).exec()));
    List<Image> images = images(filter);
    images.forEach(one -> quietly(() -> client.removeImageCmd(one.getId()).withForce(true).exec()));
    return containers.size() + networks.size() + images.size();
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
