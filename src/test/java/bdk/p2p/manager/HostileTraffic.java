package bdk.p2p.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.NodeId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Attacks a node, and measures what that does to its honest peers, for one thread.
 *
 * <p>Attackers take processor time, too, and here they take it from the honest: so the same attack
 * also runs against a neighbour, a node of the same process with which the honest have nothing to
 * do. Three kinds of short windows take turns, so that whatever else the machine does comes to all:
 * quiet, attacks on the neighbour, attacks on the node.
 */
final class HostileTraffic {
  /** A machine that does other things, too, disturbs a measurement; not all of them. */
  private static final int ATTEMPTS = 6;

  private static final int WINDOWS = 3;
  private static final Duration WINDOW = Duration.ofMillis(600);

  /**
   * @param node what is attacked
   * @param victim an honest peer of it
   */
  record Target(Manager node, NodeId victim) {
    NodeId id() {
      return node.listening().orElseThrow();
    }
  }

  /** One round of an attack; pacing is up to it. */
  interface Attack {
    void round(Target target, BooleanSupplier goesOn) throws IOException;
  }

  private final Target node;
  private final Target neighbour;
  private final Pulse honest;

  HostileTraffic(Target node, Target neighbour, Pulse honest) {
    this.node = node;
    this.neighbour = neighbour;
    this.honest = honest;
  }

  /**
   * Attacks until the honest peers' 99th percentile is at most twice what it is beside the same
   * attack on the neighbour. In quiet it is less than that, or was disturbed.
   *
   * @return the figures of each attempt
   * @throws AssertionError with these figures if it never is
   */
  String besiege(String name, Attack attack) {
    StringBuilder figures = new StringBuilder();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      List<Long> quiet = new ArrayList<>();
      List<Long> beside = new ArrayList<>();
      List<Long> attacked = new ArrayList<>();
      int rounds = 0;
      for (int window = 0; window < WINDOWS; window++) {
        quiet.addAll(honest.during(WINDOW));
        attackedFor(neighbour, attack, beside);
        rounds += attackedFor(node, attack, attacked);
      }
      assertTrue(rounds > 0, name + " never happened");
      figures.append(
          String.format(
              Locale.ROOT,
              "p99 %.2f ms quiet, %.2f ms beside, %.2f ms in %d rounds; ",
              p99(quiet) / 1e6,
              p99(beside) / 1e6,
              p99(attacked) / 1e6,
              rounds));
      if (p99(attacked) <= 2 * p99(beside)) {
        return figures.toString();
      }
    }
    throw new AssertionError(name + ": " + figures);
  }

  private int attackedFor(Target target, Attack attack, List<Long> times) {
    int peers = target.node().peers().size();
    int rounds;
    try (Attacker attacker = new Attacker(target, attack)) {
      times.addAll(honest.during(WINDOW));
      rounds = attacker.rounds();
    }
    Await.until("only honest peers", () -> target.node().peers().size() == peers);
    return rounds;
  }

  private static long p99(List<Long> times) {
    long[] sorted = times.stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(sorted);
    assertTrue(sorted.length >= 500, "only " + sorted.length + " answers");
    return sorted[sorted.length - 1 - sorted.length / 100];
  }

  private static final class Attacker implements AutoCloseable {
    private final AtomicInteger rounds = new AtomicInteger();
    private final List<Throwable> failures = new ArrayList<>();
    private final Thread thread;
    private volatile boolean ended;

    Attacker(Target target, Attack attack) {
      thread =
          new Thread(
              () -> {
                while (!ended) {
                  rounds.incrementAndGet();
                  try {
                    attack.round(target, () -> !ended);
                  } catch (IOException | UncheckedIOException closedOnUs) {
                    // As it should.
                  }
                }
              },
              "attacker");
      thread.setUncaughtExceptionHandler((one, failure) -> failures.add(failure));
      thread.start();
    }

    /** How many have begun. */
    int rounds() {
      return rounds.get();
    }

    @Override
    public void close() {
      ended = true;
      try {
        thread.join();
      } catch (InterruptedException interrupt) {
        throw new AssertionError(interrupt);
      }
      assertEquals(List.of(), failures);
    }
  }
}
