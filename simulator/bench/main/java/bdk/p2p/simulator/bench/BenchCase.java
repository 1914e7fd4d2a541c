package bdk.p2p.simulator.bench;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Something that is measured. Immutable.
 *
 * @param name what the command line calls it
 * @param kind what is done
 * @param bytes the payload of each message; an answer has as many
 * @param width requests that are open at any time, or sessions that a message goes to
 */
record BenchCase(String name, Kind kind, int bytes, int width) {
  /** What is done. */
  enum Kind {
    /** Requests, a number of them open at any time, each answered at once. */
    REQUEST,
    /** One-way messages, as many as are taken. */
    ONE_WAY,
    /** The same, each to all of many sessions; counted is what arrives. */
    FAN_OUT
  }

  private static final int REQUEST_BYTES = 100;

  /** Every case, in the order in which they run. */
  static final List<BenchCase> ALL =
      List.of(
          request(1),
          request(64),
          request(1024),
          oneWay("100", 100),
          oneWay("1k", 1 << 10),
          oneWay("64k", 64 << 10),
          oneWay("1m", 1 << 20),
          fanOut("50-1k", 50, 1 << 10),
          fanOut("500-1k", 500, 1 << 10),
          fanOut("50-1m", 50, 1 << 20),
          fanOut("500-1m", 500, 1 << 20));

  private static BenchCase request(int outstanding) {
    return new BenchCase("request-" + outstanding, Kind.REQUEST, REQUEST_BYTES, outstanding);
  }

  private static BenchCase oneWay(String size, int bytes) {
    return new BenchCase("one-way-" + size, Kind.ONE_WAY, bytes, 1);
  }

  private static BenchCase fanOut(String what, int sessions, int bytes) {
    return new BenchCase("fan-out-" + what, Kind.FAN_OUT, bytes, sessions);
  }

  /** Who takes part; where nothing is handled, light handlers make no difference. */
  Set<Contender> contenders() {
    return kind == Kind.FAN_OUT
        ? EnumSet.complementOf(EnumSet.of(Contender.LIGHT))
        : EnumSet.allOf(Contender.class);
  }

  /** The case of this name. */
  static Optional<BenchCase> named(String name) {
    return ALL.stream().filter(one -> one.name().equals(name)).findFirst();
  }

  /** The names of all. */
  static Stream<String> names() {
    return ALL.stream().map(BenchCase::name);
  }
}
