package bdk.p2p.simulator.world;

/** How fast bytes can cross from one host to another, beside what the hosts' own links allow. */
@FunctionalInterface
public interface PairLimit {
  /** No limit between any two hosts. */
  PairLimit NONE = (from, to) -> 0;

  /** In bits per second; 0 means unlimited. Asked once for each ordered pair. */
  long bitsPerSecond(Host from, Host to);
}
