package bdk.p2p.simulator.world;

import java.net.BindException;
import java.util.BitSet;

/** The port numbers of one host that are in use. The driver's thread only. */
final class Ports {
  private static final int FIRST_EPHEMERAL = 49_152;
  private static final int LAST = 65_535;

  private final BitSet used = new BitSet();
  private int next = FIRST_EPHEMERAL;

  /** Takes the wanted port, or the next free ephemeral one for 0. */
  int take(int wanted) throws BindException {
    int port = wanted == 0 ? nextFree() : wanted;
    if (used.get(port)) {
      throw new BindException("Address already in use: port " + port);
    }
    used.set(port);
    return port;
  }

  void release(int port) {
    used.clear(port);
  }

  void releaseAll() {
    used.clear();
  }

  private int nextFree() throws BindException {
    for (int tries = FIRST_EPHEMERAL; tries <= LAST; tries++) {
      int port = next;
      next = next == LAST ? FIRST_EPHEMERAL : next + 1;
      if (!used.get(port)) {
        return port;
      }
    }
    throw new BindException("Cannot assign requested address: all ephemeral ports are in use");
  }
}
