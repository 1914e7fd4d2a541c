package bdk.p2p.simulator.bench;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Something that is measured. Immutable.
 *
 * @param name what the command line calls it
 * @param kind what is done
 * @param bytes the payload of each message; an answer has as many
 * @param width requests or broadcasts that are open at any time, or sessions
 * @param producers threads that send
 * @param secured whether all of it goes through TLS
 */
record BenchCase(String name, Kind kind, int bytes, int width, int producers, boolean secured) {
  /** What is done. */
  enum Kind {
    /** Requests, a number of them open at any time, each answered at once. */
    REQUEST(
        true,
        Contender.LIBRARY,
        Contender.LIGHT,
        Contender.NETTY,
        Contender.BLOCKING,
        Contender.RSOCKET),
    /** The same with one small request beside large ones: counted are these, the latency is its. */
    MIXED(
        true,
        Contender.LIBRARY,
        Contender.LIGHT,
        Contender.NETTY,
        Contender.BLOCKING,
        Contender.RSOCKET),
    /** One-way messages, as many as are taken. */
    ONE_WAY(
        false,
        Contender.LIBRARY,
        Contender.LIGHT,
        Contender.NETTY,
        Contender.BLOCKING,
        Contender.RSOCKET),
    /** The same from several threads; the limit sends from its event loop, whoever else could. */
    PRODUCERS(false, Contender.LIBRARY, Contender.LIGHT, Contender.NETTY),
    /** One-way messages, each to all of many sessions; counted is what arrives. */
    FAN_OUT(false, Contender.LIBRARY, Contender.ONE_LOOP, Contender.NETTY, Contender.BLOCKING),
    /** One-way messages of several threads, each to one of many sessions. */
    SPREAD(false, Contender.LIBRARY, Contender.NETTY),
    /** Broadcasts through a line of five nodes, a number of them under way at any time. */
    RELAY(true, Contender.LIBRARY, Contender.LIGHT, Contender.CHECKING, Contender.NETTY),
    /** From the start of a process to its first connection. */
    START(false, Contender.LIBRARY, Contender.NETTY, Contender.BLOCKING, Contender.RSOCKET),
    /** Sessions that do nothing: how fast they are taken in, and what memory each of them takes. */
    IDLE(false, Contender.LIBRARY, Contender.NETTY);

    private final boolean timed;
    private final Set<Contender> contenders;

    Kind(boolean timed, Contender... contenders) {
      this.timed = timed;
      this.contenders = EnumSet.copyOf(List.of(contenders));
    }

    /** True if latencies are measured. */
    boolean isTimed() {
      return timed;
    }
  }

  /** A small message. */
  static final int SMALL_BYTES = 100;

  /** Every case, in the order in which they run: all in plaintext, then under TLS. */
  static final List<BenchCase> ALL =
      Stream.concat(plain().stream(), plain().stream().map(BenchCase::underTls)).toList();

  private static List<BenchCase> plain() {
    return List.of(
        request(1),
        request(64),
        request(1024),
        one("mixed", Kind.MIXED, 64 << 10, 4),
        one("one-way-100", Kind.ONE_WAY, SMALL_BYTES, 1),
        one("one-way-1k", Kind.ONE_WAY, 1 << 10, 1),
        one("one-way-64k", Kind.ONE_WAY, 64 << 10, 1),
        one("one-way-1m", Kind.ONE_WAY, 1 << 20, 1),
        produced(Kind.PRODUCERS, 2, 1),
        produced(Kind.PRODUCERS, 8, 1),
        produced(Kind.PRODUCERS, 64, 1),
        produced(Kind.SPREAD, 1, 50),
        produced(Kind.SPREAD, 2, 50),
        produced(Kind.SPREAD, 8, 50),
        produced(Kind.SPREAD, 64, 50),
        one("fan-out-50-1k", Kind.FAN_OUT, 1 << 10, 50),
        one("fan-out-500-1k", Kind.FAN_OUT, 1 << 10, 500),
        one("fan-out-50-1m", Kind.FAN_OUT, 1 << 20, 50),
        one("fan-out-500-1m", Kind.FAN_OUT, 1 << 20, 500),
        one("relay-5", Kind.RELAY, 1 << 10, 64),
        one("start", Kind.START, SMALL_BYTES, 1),
        one("idle-1k", Kind.IDLE, 0, 1_000),
        one("idle-10k", Kind.IDLE, 0, 10_000));
  }

  private static BenchCase one(String name, Kind kind, int bytes, int width) {
    return new BenchCase(name, kind, bytes, width, 1, false);
  }

  private static BenchCase request(int open) {
    return one("request-" + open, Kind.REQUEST, SMALL_BYTES, open);
  }

  private static BenchCase produced(Kind kind, int producers, int sessions) {
    String name = "%s-%d".formatted(kind.name().toLowerCase(Locale.ROOT), producers);
    return new BenchCase(name, kind, SMALL_BYTES, sessions, producers, false);
  }

  private BenchCase underTls() {
    return new BenchCase("tls-" + name, kind, bytes, width, producers, true);
  }

  /** Who takes part; under TLS only the library and its limit. */
  Set<Contender> contenders() {
    Set<Contender> all = EnumSet.copyOf(kind.contenders);
    if (secured) {
      all.removeAll(Set.of(Contender.BLOCKING, Contender.RSOCKET));
    }
    return all;
  }

  /**
   * The cases that are meant by a name, or by the beginning of names and an asterisk; empty if
   * there are none.
   */
  static List<BenchCase> named(String name) {
    boolean begins = name.endsWith("*");
    String text = begins ? name.substring(0, name.length() - 1) : name;
    return ALL.stream()
        .filter(one -> begins ? one.name.startsWith(text) : one.name.equals(text))
        .toList();
  }

  /** The names of all. */
  static Stream<String> names() {
    return ALL.stream().map(BenchCase::name);
  }
}
