/** Networks of real nodes in virtual time, as a library. */
@SuppressWarnings("module") // bdk.p2p.simulator.cli is not there while this module is compiled
module bdk.p2p.simulator {
  // Scenarios, their runs and reports are shown by the command line; there is no public API yet.
  exports bdk.p2p.simulator.scenario to
      bdk.p2p.simulator.cli;
  exports bdk.p2p.simulator.fault to
      bdk.p2p.simulator.cli;
  exports bdk.p2p.simulator.run to
      bdk.p2p.simulator.cli;
  exports bdk.p2p.simulator.oracle to
      bdk.p2p.simulator.cli;
  exports bdk.p2p.simulator.report to
      bdk.p2p.simulator.cli;

  // Jackson reads the components of the report's records.
  opens bdk.p2p.simulator.report to
      com.fasterxml.jackson.databind;
  opens bdk.p2p.simulator.oracle to
      com.fasterxml.jackson.databind;

  // The nodes that are simulated, and the seam through which they get their world.
  requires bdk.p2p;
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
