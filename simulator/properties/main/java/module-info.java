/** Random scenarios as arbitraries of jqwik, for properties and for the command line. */
module bdk.p2p.simulator.properties {
  // Arbitraries of everything that a scenario is made of.
  exports bdk.p2p.simulator.properties;

  // Options of nodes are drawn, too.
  requires transitive bdk.p2p;
  // What is drawn.
  requires transitive bdk.p2p.simulator;
  // Arbitraries are jqwik's.
  requires transitive net.jqwik.api;
  // What jqwik finds as services; named so that an image has it.
  requires net.jqwik.engine;
  // The annotations on jqwik's classes, for the compiler only.
  requires static org.apiguardian.api;
}
