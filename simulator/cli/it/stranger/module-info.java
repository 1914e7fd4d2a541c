/** A test of a protocol, by somebody who has nothing but the modules. */
module stranger {
  // The simulator, and with it bdk.p2p: all that a test needs to name.
  requires bdk.p2p.simulator;
}
