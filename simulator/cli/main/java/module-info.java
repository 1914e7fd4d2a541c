/** bdk-sim: the simulator and a single node on the command line. */
@SuppressWarnings("module") // the one that it exports to is not there while it is compiled
module bdk.p2p.simulator.cli {
  // Commands with modules of their own.
  exports bdk.p2p.simulator.cli to
      bdk.p2p.simulator.bench;

  uses bdk.p2p.simulator.cli.Subcommand;

  // Commands and options are read into annotated fields.
  opens bdk.p2p.simulator.cli to
      info.picocli;

  // bdk-sim node runs a node on real sockets.
  requires bdk.p2p;
  // bdk-sim run, list, verify, soak and replay.
  requires bdk.p2p.simulator;
  // bdk-sim soak draws scenarios.
  requires bdk.p2p.simulator.properties;
  // One JSON object a line on standard output.
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  // Options, help and usage errors.
  requires info.picocli;
}
