/** An application of its own: two nodes that play a guessing game over the wire. */
module sample {
  // All that an application needs to name.
  requires bdk.p2p;
}
