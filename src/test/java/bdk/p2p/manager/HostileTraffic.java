package bdk.p2p.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.NodeId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Attacks a node, and measures what that does to its honest peers, for one thread.
 *
 * <p>Short windows take turns, quiet and attacked, so that whatever else the machine does comes to
 * both; the quiet of a run is that of all its quiet windows so far. In each attacked window the
 * attackers come from a network that the node has not met.
 *
 * <p>Real attackers have processors of their own; here they share those of the honest. So their
 * threads have the lowest priority, and they do at most some hundreds of things a second, and ask
 * some 20,000 times where they read the answers, as often as the node takes it where they do not:
 * what they take of the node's time counts, what they take of the machine's hardly does.
 */
final class HostileTraffic {
  /** A machine that does other things, too, disturbs windows; the more there are the less. */
  private static final int MOST_WINDOWS = 24;

  private static final int FEWEST_ANSWERS = 500;

  private static final int FEWEST_WINDOWS = 4;
  private static final Duration WINDOW = Duration.ofMillis(400);

  /** Not counted: what the node does for this attack alone is not compiled before. */
  private static final int WARM_UP_WINDOWS = 3;

  /** Between two things that an attacker does. */
  private static final Duration PACE = Duration.ofMillis(2);

  /** 127.64.0.x to 127.127.255.x. */
  private static final int FIRST_NETWORK = 64 << 8;

  /**
   * What is attacked.
   *
   * @param victim an honest peer of it
   * @param network the first three bytes of the attackers' addresses, with a dot behind
   */
  record Target(Manager node, NodeId victim, String network) {
    NodeId id() {
      return node.listening().orElseThrow();
    }

    /** A connection from one of four addresses, in turn, after a little while. */
    RawPeer connect(int turn) {
      pace();
      return RawPeer.connectFrom(network + (1 + turn % 4), id());
    }

    /** A peer from the first address. */
    RawPeer greeted() {
      return greeted(0);
    }

    /** A peer from one of four addresses, in turn. */
    RawPeer greeted(int turn) {
      RawPeer peer = connect(turn);
      try {
        peer.greet(0, peer.localPort());
        peer.readHandshake();
        return peer;
      } catch (UncheckedIOException turnedAway) {
        peer.close();
        throw turnedAway;
      }
    }
  }

  /** Waits as long as an attacker does between two things. */
  static void pace() {
    LockSupport.parkNanos(PACE.toNanos());
  }

  /** One round of an attack, which keeps to the {@linkplain #pace pace}. */
  interface Attack {
    void round(Target target, BooleanSupplier goesOn) throws IOException;
  }

  private final Manager node;
  private final Pulse honest;
  private final int honestPeers;
  private final List<Long> quiet = new ArrayList<>();
  private final List<InetAddress> attackers = new ArrayList<>();
  private int networks = FIRST_NETWORK;
  private String network = "";

  HostileTraffic(Manager node, Pulse honest, int honestPeers) {
    this.node = node;
    this.honest = honest;
    this.honestPeers = honestPeers;
  }

  /** The first address of each network from which the last attack came. */
  List<InetAddress> attackers() {
    return attackers;
  }

  /**
   * Attacks until the honest peers' 99th percentile under this attack is at most twice that in
   * quiet.
   *
   * @return the figures
   * @throws AssertionError with these figures if it never is
   */
  String besiege(String name, Attack attack) {
    attackers.clear();
    List<List<Long>> windows = new ArrayList<>();
    // In turn with the attack: the machine may have been faster while others were made.
    List<Long> beside = new ArrayList<>();
    int rounds = 0;
    for (int window = 0; window < WARM_UP_WINDOWS; window++) {
      attackedFor(attack, new ArrayList<>());
    }
    for (int window = 1; ; window++) {
      List<Long> now = honest.during(WINDOW);
      quiet.addAll(now);
      beside.addAll(now);
      List<Long> then = new ArrayList<>();
      rounds += attackedFor(attack, then);
      windows.add(then);
      List<Long> attacked = pooled(windows);
      if (attacked.size() < FEWEST_ANSWERS || beside.size() < FEWEST_ANSWERS) {
        assertTrue(window < MOST_WINDOWS, name + ": too few answers");
        continue;
      }
      long base = Math.max(p99(quiet), p99(beside));
      double ratio = (double) p99(attacked) / base;
      String figures =
          String.format(
              Locale.ROOT,
              "%s: p99 %.2f ms quiet, %.2f ms attacked, ratio %.2f, in %d windows with %d rounds",
              name,
              base / 1e6,
              p99(attacked) / 1e6,
              ratio,
              window,
              rounds);
      if (ratio <= 2 && window >= FEWEST_WINDOWS) {
        assertTrue(rounds > 0, name + " never happened");
        return figures;
      }
      assertTrue(window < MOST_WINDOWS, figures);
    }
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private String nextNetwork() {
    int network = networks++;
    return "127." + (network >> 8) + "." + (network & 0xff) + ".";
  }

  /** Until the node has taken everybody who came before, and they are gone. */
  private void awaitPeace() {
    RawPeer.joinFrom(nextNetwork() + 1, node.listening().orElseThrow()).close();
    Await.until("only honest peers", () -> node.peers().size() == honestPeers);
  }

  private int attackedFor(Attack attack, List<Long> times) {
    network = nextNetwork();
    attackers.add(address(network + 1));
    int rounds;
    try (Attacker attacker = new Attacker(new Target(node, honest.someNode(), network), attack)) {
      times.addAll(honest.during(WINDOW));
      rounds = attacker.rounds();
    }
    awaitPeace();
    return rounds;
  }

  /**
   * All of them together; where they are many, without the worst: an attack acts in each, a machine
   * that stands still in one.
   */
  private static List<Long> pooled(List<List<Long>> windows) {
    List<List<Long>> all = new ArrayList<>(windows);
    if (all.size() >= 2 * FEWEST_WINDOWS) {
      all.remove(Collections.max(all, Comparator.comparingLong(HostileTraffic::p99)));
    }
    return all.stream().flatMap(List::stream).toList();
  }

  /** What one in a hundred took longer than; 0 of none. */
  private static long p99(List<Long> times) {
    long[] sorted = times.stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(sorted);
    return sorted.length == 0 ? 0 : sorted[sorted.length - 1 - sorted.length / 100];
  }

  private static final class Attacker implements AutoCloseable {
    private final AtomicInteger rounds = new AtomicInteger();
    private final List<Throwable> failures = new ArrayList<>();
    private final CountDownLatch isReady = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean ended;

    Attacker(Target target, Attack attack) {
      thread =
          new Thread(
              () -> {
                LowPriority.take();
                isReady.countDown();
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
      try {
        isReady.await();
      } catch (InterruptedException interrupt) {
        throw new AssertionError(interrupt);
      }
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
