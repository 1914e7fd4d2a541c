package bdk.p2p.wire;

import bdk.p2p.message.Message;

/**
 * Broadcasts that are in memory. Many peers send the same one, and a copy that is compared with the
 * original as it arrives needs no memory of its own. Called on any event loop.
 */
public interface Originals {
  /** Smaller payloads are not asked for: a look costs more than the memory. */
  int LEAST_PAYLOAD_BYTES = 4096;

  /** Knows none. */
  Originals NONE =
      new Originals() {
        @Override
        public Message borrow(long id, int commandCode, int payloadBytes) {
          return null;
        }

        @Override
        public Message elsewhere(long id, int commandCode, int payloadBytes) {
          return null;
        }

        @Override
        public void giveBack(Message original) {
          throw new IllegalStateException("nothing was borrowed");
        }
      };

  /**
   * A broadcast with this id, command and length, whose id is the hash of its payload; null if
   * there is none. It stays in memory until it is given back, once.
   */
  Message borrow(long id, int commandCode, int payloadBytes);

  /**
   * As {@link #borrow}, for a broadcast that this node has not seen but another one of the process
   * has. This node's memory must not seem to be spared by it: what equals it counts as if it were
   * kept.
   */
  Message elsewhere(long id, int commandCode, int payloadBytes);

  /** Ends what {@link #borrow} or {@link #elsewhere} began. */
  void giveBack(Message original);
}
