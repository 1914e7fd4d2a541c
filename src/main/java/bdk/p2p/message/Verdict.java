package bdk.p2p.message;

/** What an application decides of a broadcast that it sees for the first time. */
public enum Verdict {
  /** Good: goes on to every NORMAL peer but the one it came from. */
  RELAY,
  /** Not to be passed on, nothing wrong with it. Further copies are still recognised. */
  KEEP,
  /** Bad: not passed on, and counted against the peer it came from. */
  REJECT
}
