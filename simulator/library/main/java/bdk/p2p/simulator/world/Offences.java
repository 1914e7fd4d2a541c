package bdk.p2p.simulator.world;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Notes of what code that the world runs has done though it must not. In a strict world the first
 * note fails the run, also if that code catches what it is told, as a node does for its handlers.
 * Any thread.
 */
final class Offences {
  private static final List<String> OTHERS =
      List.of(
          "java.",
          "jdk.",
          "io.netty.",
          "bdk.p2p.broadcast.",
          "bdk.p2p.budget.",
          "bdk.p2p.discovery.",
          "bdk.p2p.dispatch.",
          "bdk.p2p.environment.",
          "bdk.p2p.guard.",
          "bdk.p2p.manager.",
          "bdk.p2p.message.",
          "bdk.p2p.peer.",
          "bdk.p2p.session.",
          "bdk.p2p.simulator.backend.",
          "bdk.p2p.simulator.run.",
          "bdk.p2p.simulator.world.",
          "bdk.p2p.simulator.SimNode.",
          "bdk.p2p.simulator.Simulation.",
          "bdk.p2p.simulator.Strike.");

  private final AtomicReference<Throwable> first = new AtomicReference<>();
  private volatile boolean strict;

  void beStrict() {
    strict = true;
  }

  /** Notes an offence that an exception is about to tell of. */
  IllegalStateException refuse(String what) {
    IllegalStateException refusal = new IllegalStateException(what);
    String place = place(refusal.getStackTrace());
    IllegalStateException told =
        place.isEmpty() ? refusal : new IllegalStateException(what + place);
    note(told);
    return told;
  }

  /** Notes that the run must fail. */
  void note(Throwable offence) {
    if (strict) {
      first.compareAndSet(null, offence);
    }
  }

  /** The first since the last call, or null. */
  Throwable take() {
    return first.get() == null ? null : first.getAndSet(null);
  }

  void forget() {
    first.set(null);
  }

  private static String words(StackTraceElement frame) {
    return "; in %s.%s(%s:%d)"
        .formatted(
            frame.getClassName(),
            frame.getMethodName(),
            frame.getFileName(),
            frame.getLineNumber());
  }

  /** The first line of the application's own in a stack, in words. */
  static String place(StackTraceElement[] stack) {
    return Arrays.stream(stack)
        .filter(frame -> OTHERS.stream().noneMatch((frame.getClassName() + ".")::startsWith))
        .findFirst()
        .map(Offences::words)
        .orElse("");
  }
}
