package bdk.p2p.simulator.fault;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Which nodes a fault strikes: a number of them or a share, drawn among the nodes of a group, of a
 * region, or among named ones; among the NORMAL nodes if nothing is said, and all of them if
 * neither number nor share is given.
 *
 * @param count how many; with {@code share} at most one of the two
 * @param share which part of them, above 0 and at most 1; rounded, at least one
 * @param group only nodes of this group
 * @param region only nodes in this region
 * @param ids only these nodes; all if empty
 */
public record Selection(
    OptionalInt count,
    OptionalDouble share,
    Optional<String> group,
    Optional<String> region,
    List<String> ids) {
  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException naming the figure, its limits and the value
   */
  public Selection {
    ids = List.copyOf(ids);
    count.ifPresent(value -> Limits.within("victims: count", 1, 10_000, value));
    share.ifPresent(value -> Limits.within("victims: share", Limits.LEAST_RATE, 1, value));
    if (count.isPresent() && share.isPresent()) {
      throw new IllegalArgumentException(
          "victims: count is %d and share is %s, expected at most one of the two"
              .formatted(count.getAsInt(), share.getAsDouble()));
    }
  }

  /** A node that may be drawn. */
  public record Candidate(int index, String id, String group, String region, boolean isNormal) {}

  /** All NORMAL nodes. */
  public static Selection everybody() {
    return new Selection(
        OptionalInt.empty(), OptionalDouble.empty(), Optional.empty(), Optional.empty(), List.of());
  }

  /** So many of the NORMAL nodes. */
  public static Selection of(int count) {
    return new Selection(
        OptionalInt.of(count),
        OptionalDouble.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  /** Such a part of the NORMAL nodes. */
  public static Selection share(double share) {
    return new Selection(
        OptionalInt.empty(),
        OptionalDouble.of(share),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  /** Just these nodes. */
  public static Selection ids(List<String> ids) {
    return new Selection(
        OptionalInt.empty(), OptionalDouble.empty(), Optional.empty(), Optional.empty(), ids);
  }

  /** Those among whom it draws. */
  public List<Candidate> among(List<Candidate> nodes) {
    boolean named = group.isPresent() || !ids.isEmpty();
    Set<String> wantedIds = new LinkedHashSet<>(ids);
    return nodes.stream()
        .filter(node -> named || node.isNormal())
        .filter(node -> group.isEmpty() || group.get().equals(node.group()))
        .filter(node -> region.isEmpty() || region.get().equals(node.region()))
        .filter(node -> ids.isEmpty() || wantedIds.contains(node.id()))
        .toList();
  }

  /** How many it draws among so many; may be more than there are. */
  public int wanted(int available) {
    if (count.isPresent()) {
      return count.getAsInt();
    }
    return share.isPresent()
        ? Math.max(1, (int) Math.round(share.getAsDouble() * available))
        : available;
  }

  /**
   * Draws.
   *
   * @param avoided nodes to take only when there are no others
   * @return indexes in ascending order, fewer than wanted if there are not as many
   */
  List<Integer> draw(List<Candidate> nodes, List<Integer> avoided, RandomGenerator random) {
    List<Integer> indexes = new ArrayList<>(among(nodes).stream().map(Candidate::index).toList());
    for (int last = indexes.size() - 1; last > 0; last--) {
      Collections.swap(indexes, last, random.nextInt(last + 1));
    }
    indexes.sort((one, other) -> Boolean.compare(avoided.contains(one), avoided.contains(other)));
    int wanted = Math.min(wanted(indexes.size()), indexes.size());
    return indexes.subList(0, wanted).stream().sorted().toList();
  }
}
