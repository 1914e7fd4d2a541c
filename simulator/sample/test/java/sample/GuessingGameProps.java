package sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.manager.Manager;
import bdk.p2p.simulator.Claim;
import bdk.p2p.simulator.NodeCode;
import bdk.p2p.simulator.SimNode;
import bdk.p2p.simulator.SimNodes;
import bdk.p2p.simulator.Simulation;
import bdk.p2p.simulator.fault.Crash;
import bdk.p2p.simulator.fault.Fault;
import bdk.p2p.simulator.fault.Partition;
import bdk.p2p.simulator.fault.Partition.Direction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever number, seed and faults: what must hold of every game. */
class GuessingGameProps {
  private static final int HIGHEST = 1000;

  /** Halving 1,001 numbers leaves none after so many. */
  private static final int MOST_VERDICTS = 10;

  private static final int PLAYERS = 6;

  /** A fault, how many players it strikes, or else the host, and when. */
  record Trouble(Fault fault, int firstPlayers, int afterMillis, int lastingMillis) {
    SimNodes victims(Game game) {
      return fault instanceof Crash ? SimNodes.of(game.table) : game.guests.first(firstPlayers);
    }
  }

  @Provide
  Arbitrary<List<Trouble>> troubles() {
    Arbitrary<Fault> faults =
        Arbitraries.of(
            new Partition(Direction.BOTH),
            new Partition(Direction.FROM_VICTIMS),
            new Partition(Direction.TO_VICTIMS),
            new Crash(true));
    return Combinators.combine(
            faults,
            Arbitraries.integers().between(1, PLAYERS),
            Arbitraries.integers().between(0, 5_000),
            Arbitraries.integers().between(1, 30_000))
        .as(Trouble::new)
        .list()
        .ofMaxSize(4);
  }

  @Property(tries = 20)
  void everyGameIsWonOnceAndEverybodyAgreesInTheEnd(
      @ForAll long seed,
      @ForAll @IntRange(max = HIGHEST) int secret,
      @ForAll("troubles") List<Trouble> troubles) {
    Simulation.test(
        seed,
        network -> {
          Game game = new Game(network, secret);
          network.run(Duration.ofSeconds(10));
          List<CompletionStage<Integer>> ends = game.begin();
          for (Trouble one : troubles) {
            network.schedule(
                one.fault(),
                one.victims(game),
                Duration.ofMillis(one.afterMillis()),
                Duration.ofMillis(one.lastingMillis()));
          }
          for (CompletionStage<Integer> end : ends) {
            int verdicts = network.await(end);
            assertTrue(verdicts <= MOST_VERDICTS);
            assertEquals(halvings(secret), verdicts, "one verdict for each guess");
          }
          game.assertAgreedWithin(Duration.ofMinutes(2));
        });
  }

  /** The guesses that it takes when nothing goes wrong. */
  private static int halvings(int secret) {
    int low = 0;
    int high = HIGHEST;
    int guesses = 1;
    for (int guess = (low + high) / 2; guess != secret; guess = (low + high) / 2) {
      low = guess < secret ? guess + 1 : low;
      high = guess > secret ? guess - 1 : high;
      guesses++;
    }
    return guesses;
  }

  @Property(tries = 5)
  void playersThatCrashAndReturnLearnWhoHasWon(@ForAll long seed) {
    Simulation.test(
        seed,
        network -> {
          Game game = new Game(network, 500);
          network.run(Duration.ofSeconds(10));
          network.await(game.players.get(0).play(game.guests.get(0).manager(), game.table.id()));
          network.during(
              Duration.ofSeconds(20), new Crash(true), game.guests.without(game.guests.first(3)));
          game.assertAgreedWithin(Duration.ofMinutes(2));
        });
  }

  @Property(tries = 3)
  void theSameSeedGivesTheSameGame(@ForAll long seed) {
    assertEquals(digest(seed), digest(seed));
  }

  private static String digest(long seed) {
    try (Simulation network = Simulation.seeded(seed)) {
      Game game = new Game(network, 7);
      network.run(Duration.ofSeconds(5));
      game.begin();
      network.run(Duration.ofSeconds(5));
      return network.digest();
    }
  }

  /** A table with a host, and guests. */
  private static final class Game {
    final Simulation network;
    final Host host;
    final List<Player> players = new ArrayList<>();
    final SimNode table;
    final SimNodes guests;

    Game(Simulation network, int secret) {
      this.network = network;
      this.host = new Host(secret);
      for (int index = 0; index < PLAYERS; index++) {
        players.add(new Player(HIGHEST));
      }
      network.discoveryNode("discovery");
      table = network.node("host", (self, node) -> host.install(node));
      NodeCode player = (self, node) -> players.get(self.index()).install(node);
      guests =
          network.nodes(
              "player",
              PLAYERS,
              player.whenStarted((self, node) -> players.get(self.index()).attend(node)));
      network.claims().always("one winner", this::twoWinners);
    }

    /** Every player plays; no game may end twice. */
    List<CompletionStage<Integer>> begin() {
      Claim once = network.claims().named("every game ends once");
      Set<SimNode> ended = new HashSet<>();
      List<CompletionStage<Integer>> ends = new ArrayList<>();
      for (SimNode guest : guests) {
        Manager node = guest.manager();
        ends.add(
            players
                .get(guest.index())
                .play(node, table.id())
                .thenApply(
                    verdicts -> {
                      if (!ended.add(guest)) {
                        once.broken(guest + " won again");
                      }
                      return verdicts;
                    }));
      }
      return ends;
    }

    void assertAgreedWithin(Duration limit) {
      assertTrue(
          network.runUntil(() -> players.stream().allMatch(one -> one.winner().isPresent()), limit),
          "somebody has not heard who has won");
      for (Player player : players) {
        assertEquals(host.winner(), player.winner());
      }
    }

    private Optional<String> twoWinners() {
      return players.stream()
          .filter(one -> one.winner().isPresent() && !one.winner().equals(host.winner()))
          .map(one -> one.winner().get() + " instead of " + host.winner())
          .findFirst();
    }
  }
}
