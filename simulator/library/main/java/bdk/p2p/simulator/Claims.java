package bdk.p2p.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What must hold of a simulation: the caller's claims, and two that hold of every network of honest
 * nodes. The first breach of each counts. The simulation's thread only.
 *
 * <p>A check returns what is wrong, or empty; an {@code AssertionError} that it throws is a breach
 * too. It must change nothing.
 */
public final class Claims {
  /** Built in: no handler threw, and no answer was one that must not be sent. */
  public static final String HANDLERS_SUCCEED = "handlers-succeed";

  /**
   * Built in: no node closed a session with another node, refused its connection or banned it for
   * what it did, and none ended a session by its own fault. Whoever punishes a hostile peer is
   * right.
   */
  public static final String NOBODY_PUNISHED = "nobody-punished";

  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private record Check(String name, Supplier<Optional<String>> check) {}

  private final Simulation network;
  private final List<Check> always = new ArrayList<>();
  private final List<Check> afterEachEvent = new ArrayList<>();
  private final List<Check> atTheEnd = new ArrayList<>();
  private final Set<String> names = new HashSet<>(Set.of(HANDLERS_SUCCEED, NOBODY_PUNISHED));
  private final Set<String> without = new HashSet<>();
  private final Map<String, Breach> breaches = new LinkedHashMap<>();

  Claims(Simulation network) {
    this.network = network;
  }

  /** Must hold at any time: checked once a virtual second, and by {@link #assertHeld}. */
  public Claims always(String name, Supplier<Optional<String>> check) {
    if (always.isEmpty()) {
      network.every(INTERVAL, () -> check(always));
    }
    always.add(checked(name, check));
    return this;
  }

  /** Must hold after each event of the world: exact, and slow if the check is. */
  public Claims afterEachEvent(String name, Supplier<Optional<String>> check) {
    if (afterEachEvent.isEmpty()) {
      network.run().world().afterEach(() -> check(afterEachEvent));
    }
    afterEachEvent.add(checked(name, check));
    return this;
  }

  /** Must hold whenever {@link #assertHeld} is called, and may break in between. */
  public Claims atTheEnd(String name, Supplier<Optional<String>> check) {
    atTheEnd.add(checked(name, check));
    return this;
  }

  /** A claim that handlers and listeners break when they see what must not happen. */
  public Claim named(String name) {
    take(name);
    return new Claim(this, name);
  }

  /** Gives a claim up, because the test provokes what it forbids. */
  public Claims without(String name) {
    if (!names.contains(name)) {
      throw new IllegalArgumentException("no claim '" + name + "'; there are " + names);
    }
    without.add(name);
    breaches.remove(name);
    return this;
  }

  /** The first breach of each claim that was broken so far, in order. */
  public List<Breach> breaches() {
    return List.copyOf(breaches.values());
  }

  /**
   * Checks everything now, before the simulation is closed.
   *
   * @throws AssertionError naming each claim that was broken, when, how, and the seed that replays
   *     it
   */
  public void assertHeld() {
    network.requireOpen("check its claims");
    check(always);
    check(afterEachEvent);
    check(atTheEnd);
    if (breaches.isEmpty()) {
      return;
    }
    String lines =
        breaches.values().stream().map(Breach::toString).collect(Collectors.joining("\n"));
    AssertionError failure =
        new AssertionError(
            lines
                + "\nseed "
                + network.seed()
                + "; the same test with Simulation.seeded("
                + network.seed()
                + "L) goes the same way");
    breaches.values().stream()
        .flatMap(breach -> breach.cause().stream())
        .forEach(failure::addSuppressed);
    throw failure;
  }

  void broken(String name, String detail, Throwable cause) {
    if (!without.contains(name)) {
      breaches.putIfAbsent(
          name, new Breach(name, network.now(), detail, Optional.ofNullable(cause)));
    }
  }

  private Check checked(String name, Supplier<Optional<String>> check) {
    take(name);
    return new Check(name, Objects.requireNonNull(check, "check"));
  }

  private void take(String name) {
    if (!names.add(Objects.requireNonNull(name, "name"))) {
      throw new IllegalArgumentException("there is a claim '" + name + "' already");
    }
  }

  private void check(List<Check> checks) {
    for (Check one : checks) {
      try {
        one.check().get().ifPresent(detail -> broken(one.name(), detail, null));
      } catch (AssertionError wrong) {
        broken(one.name(), String.valueOf(wrong.getMessage()), wrong);
      }
    }
  }
}
