/** Networks of real nodes in virtual time, as a library. */
@SuppressWarnings("module") // those that it exports to are not there while it is compiled
module bdk.p2p.simulator {
  // The door for tests of other people's protocols.
  exports bdk.p2p.simulator;
  // What can go wrong, and how to write a fault of one's own.
  exports bdk.p2p.simulator.fault;
  // Scenarios as a Java API and as files.
  exports bdk.p2p.simulator.scenario;

  // How a scenario is run, judged and shown is the command line's to know.
  exports bdk.p2p.simulator.run to
      bdk.p2p.simulator.cli,
      bdk.p2p.simulator.containers,
      bdk.p2p.simulator.properties;
  exports bdk.p2p.simulator.oracle to
      bdk.p2p.simulator.cli,
      bdk.p2p.simulator.properties;
  exports bdk.p2p.simulator.hostile to
      bdk.p2p.simulator.properties;
  exports bdk.p2p.simulator.report to
      bdk.p2p.simulator.cli;
  exports bdk.p2p.simulator.trace to
      bdk.p2p.simulator.cli;
  exports bdk.p2p.simulator.capsule to
      bdk.p2p.simulator.cli;

  // A fleet of machines is the business of whoever has one.
  exports bdk.p2p.simulator.backend to
      bdk.p2p.simulator.cli,
      bdk.p2p.simulator.containers;
  exports bdk.p2p.simulator.remote to
      bdk.p2p.simulator.cli,
      bdk.p2p.simulator.containers;

  // Backends that the library does not have itself.
  uses bdk.p2p.simulator.run.BackendProvider;

  // Jackson reads the components of the report's records.
  opens bdk.p2p.simulator.report to
      com.fasterxml.jackson.databind;
  opens bdk.p2p.simulator.oracle to
      com.fasterxml.jackson.databind;

  // The nodes that are simulated, and the seam through which they get their world.
  requires transitive bdk.p2p;
  // report.json.
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  // Scenario files.
  requires com.fasterxml.jackson.dataformat.yaml;
  // The simulated network consists of channels and event loops of Netty's kind.
  requires io.netty.buffer;
  requires io.netty.common;
  requires io.netty.transport;
}
