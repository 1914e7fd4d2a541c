package sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.simulator.NodeCode;
import bdk.p2p.simulator.SimNode;
import bdk.p2p.simulator.SimNodes;
import bdk.p2p.simulator.Simulation;
import bdk.p2p.simulator.Strike;
import bdk.p2p.simulator.fault.Partition;
import bdk.p2p.simulator.fault.Partition.Direction;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The guessing game on a network of twenty-one nodes that is cut in two, in virtual time. */
class GuessingGameTest {
  private static final int HIGHEST = 100;

  private final Host host = new Host(37);
  private final Player[] players =
      IntStream.range(0, 20).mapToObj(index -> new Player(HIGHEST)).toArray(Player[]::new);

  /** What a player's node runs; a node that is started again runs it again. */
  private final NodeCode player = (self, node) -> players[self.index()].install(node);

  private final NodeCode attending =
      player.whenStarted((self, node) -> players[self.index()].attend(node));

  @Test
  void everybodyLearnsWhoHasWonWhenThePartitionHeals() {
    try (Simulation network = Simulation.seeded(42)) {
      network.discoveryNode("discovery");
      SimNode table = network.node("host", (self, node) -> host.install(node));
      SimNodes guests = network.nodes("player", players.length, attending);
      network.claims().always("nobody is told a wrong winner", this::wrongWinner);
      network.run(Duration.ofSeconds(10));

      SimNode first = guests.get(0);
      Strike cut = network.begin(new Partition(Direction.BOTH), guests.first(10));
      var game = players[0].play(first.manager(), table.id());
      network.run(Duration.ofSeconds(20));
      assertTrue(host.winner().isEmpty(), "the first ten are cut off from the host");
      cut.end();

      assertEquals(3, network.await(game));
      assertEquals(Optional.of(first.id()), host.winner());
      assertTrue(network.runUntil(this::everybodyKnows, Duration.ofSeconds(30)));
      assertTrue(cut.bites() > 0);
      network.claims().assertHeld();
    }
  }

  private Optional<String> wrongWinner() {
    return IntStream.range(0, players.length)
        .filter(index -> players[index].winner().isPresent())
        .filter(index -> !players[index].winner().equals(host.winner()))
        .mapToObj(index -> "player " + index + " heard of " + players[index].winner().get())
        .findFirst();
  }

  private boolean everybodyKnows() {
    return IntStream.range(0, players.length)
        .allMatch(index -> players[index].winner().isPresent());
  }
}
