package bdk.p2p.simulator.properties;

import bdk.p2p.simulator.run.SimulatedNode;

/** Bugs to be found; each run gets a fresh one. */
enum PlantedBugs {
  /** A node that has come back writes only every third of its broadcasts. */
  SWALLOWS_AFTER_RETURN("everything-delivered") {
    @Override
    FrameTap plant() {
      return new FrameTap() {
        private int written;

        @Override
        int copies(SimulatedNode node, int type, int command, int payloadBytes) {
          boolean isReturned = !node.crashesNanos().isEmpty();
          return type == BROADCAST && isReturned && ++written % 3 != 0 ? 0 : 1;
        }
      };
    }
  },

  /** Large notifications of the application are written twice. */
  NOTIFIES_TWICE("order-kept") {
    @Override
    FrameTap plant() {
      return new FrameTap() {
        @Override
        int copies(SimulatedNode node, int type, int command, int payloadBytes) {
          return type == NOTIFICATION && command >= 10 && payloadBytes > 10_000 ? 2 : 1;
        }
      };
    }
  },

  /** A door that tells nobody of other nodes once it was asked four times. */
  STOPS_ANSWERING("discovery-converges") {
    @Override
    FrameTap plant() {
      return new FrameTap() {
        private static final int REQUEST_NODES = 2;
        private int answered;

        @Override
        int copies(SimulatedNode node, int type, int command, int payloadBytes) {
          return type == ANSWER && command == REQUEST_NODES && ++answered > 4 ? 0 : 1;
        }
      };
    }
  };

  private final String claim;

  PlantedBugs(String claim) {
    this.claim = claim;
  }

  /** The claim that it breaks. */
  String claim() {
    return claim;
  }

  /** For one run. */
  abstract FrameTap plant();
}
