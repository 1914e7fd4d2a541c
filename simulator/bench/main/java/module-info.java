/** bdk-sim bench: the library's speed beside its limit and other ways, measured in one run. */
@SuppressWarnings({"module", "requires-automatic"}) // HdrHistogram and RSocket are automatic
module bdk.p2p.simulator.bench {
  // What it is found as: one more command of bdk-sim.
  provides bdk.p2p.simulator.cli.Subcommand with
      bdk.p2p.simulator.bench.BenchCommand;

  // Commands and options are read into annotated fields.
  opens bdk.p2p.simulator.bench to
      com.fasterxml.jackson.databind,
      info.picocli;

  // What is measured.
  requires bdk.p2p;
  // The command line that it is a part of.
  requires bdk.p2p.simulator.cli;
  // --out, and the floors.
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  // Options, help and usage errors.
  requires info.picocli;
  // The limit: a bare pipeline over the same sockets.
  requires io.netty.buffer;
  requires io.netty.codec;
  requires io.netty.common;
  requires io.netty.handler;
  requires io.netty.transport;
  requires io.netty.transport.classes.epoll;
  // What a process allocates.
  requires jdk.management;
  // Another library for peers.
  requires org.reactivestreams;
  requires reactor.core;
  requires rsocket.core;
  requires rsocket.transport.netty;
  // Latencies without a loss of their tail.
  requires HdrHistogram;
}
