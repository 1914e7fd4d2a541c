package bdk.p2p.peer;

import bdk.p2p.budget.AddressBlock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The unfinished handshakes by network. For one thread at a time; bounded: above the limit one at
 * random goes, of the network that has the most.
 *
 * <p>The oldest would be the wrong one: if more arrive within a round trip than there are places,
 * each would be the oldest just before it is done, and nobody would ever get in. At random some
 * always do; and a network that floods costs its own.
 *
 * @param <S> what is in its handshake
 */
final class Handshakes<S> {
  private final int limit;
  private final RandomGenerator random;
  private final Map<S, AddressBlock> networks = new LinkedHashMap<>();
  private final Map<AddressBlock, List<S>> byNetwork = new LinkedHashMap<>();

  Handshakes(int limit, RandomGenerator random) {
    this.limit = limit;
    this.random = random;
  }

  /**
   * Who has to go.
   *
   * @param loser whose handshake is over
   * @param network where it came from
   * @param ofNetwork how many of that network there were
   */
  record Eviction<S>(S loser, AddressBlock network, int ofNetwork) {}

  /** Adds one; above the limit one goes, perhaps this one. */
  Optional<Eviction<S>> add(S one, AddressBlock network) {
    networks.put(one, network);
    byNetwork.computeIfAbsent(network, fresh -> new ArrayList<>()).add(one);
    if (networks.size() <= limit) {
      return Optional.empty();
    }
    AddressBlock largest = largest();
    List<S> crowd = byNetwork.get(largest);
    int size = crowd.size();
    S loser = crowd.get(random.nextInt(size));
    remove(loser);
    return Optional.of(new Eviction<>(loser, largest, size));
  }

  /** Any of the networks that have the most: among equals, none is to be the first to go. */
  private AddressBlock largest() {
    AddressBlock largest = null;
    int most = 0;
    int equals = 0;
    for (Map.Entry<AddressBlock, List<S>> entry : byNetwork.entrySet()) {
      int size = entry.getValue().size();
      equals = size > most ? 1 : size == most ? equals + 1 : equals;
      if (size > most || size == most && random.nextInt(equals) == 0) {
        most = size;
        largest = entry.getKey();
      }
    }
    return largest;
  }

  /** It is finished, or over. */
  void remove(S one) {
    AddressBlock network = networks.remove(one);
    if (network != null) {
      List<S> crowd = byNetwork.get(network);
      crowd.remove(one);
      if (crowd.isEmpty()) {
        byNetwork.remove(network);
      }
    }
  }

  /** All of them, the oldest first. */
  List<S> all() {
    return List.copyOf(networks.keySet());
  }
}
