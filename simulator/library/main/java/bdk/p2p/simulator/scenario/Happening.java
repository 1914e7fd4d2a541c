package bdk.p2p.simulator.scenario;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Something that a scenario may want to happen at least once, so that it exercises what it is for.
 * The words follow the reasons of the nodes.
 */
public enum Happening {
  /** Every fault of the timeline did something to somebody. */
  FAULT_BIT,
  /** A node had no room for a message, or refused a request for that. */
  QUEUE_FULL,
  /** Two nodes dialled each other at once, so that one session had to go. */
  TIE_BREAK,
  /** A request of the workload had no answer in time. */
  REQUEST_TIMED_OUT,
  /** A request of the workload ended because its session did. */
  REQUEST_LOST,
  /** An answer came that nobody waited for any more. */
  LATE_ANSWER,
  /** A node that was full refused another. */
  PEER_REFUSED,
  /** A node closed a session for a violation. */
  VIOLATION,
  /** A node closed a session because the peer took nothing. */
  WRITE_STALLED,
  /** A node closed a session because the peer was silent. */
  IDLE,
  /** A connection was reset. */
  CONNECTION_LOST,
  /** A peer that came anew took the place of a session that was dead. */
  REPLACED,
  /** A dial failed. */
  CONNECT_FAILED,
  /** A handshake was not finished in time. */
  HANDSHAKE_TIMEOUT;

  /** Its name in files and reports: {@code tie-break}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Every word, as {@link YamlValue#oneOf} wants it. */
  static Map<String, String> words() {
    Map<String, String> words = new LinkedHashMap<>();
    for (Happening one : values()) {
      words.put(one.word(), one.word());
    }
    return words;
  }
}
