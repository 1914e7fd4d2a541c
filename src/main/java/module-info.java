/** The peer-to-peer layer of the Blockchain Development Kit: embed a node, exchange messages. */
@SuppressWarnings("module") // bdk.p2p.simulator is not there while this module is compiled
module bdk.p2p {
  // The two packages that applications see.
  exports bdk.p2p.manager;
  exports bdk.p2p.message;

  // The seam through which the simulator supplies time, chance, threads and sockets.
  exports bdk.p2p.environment to
      bdk.p2p.simulator;

  // ByteBuf, the unit of bytes in the pipeline.
  requires io.netty.buffer;
  // Tickers, futures and reference counts beneath the pipeline.
  requires io.netty.common;
  // Channels, pipelines and event loops; NIO, where there is no native transport.
  requires io.netty.transport;
  // TLS beneath a session, and the decoder that it is built on.
  requires io.netty.codec;
  requires io.netty.handler;
  // The native transports of Linux: epoll by default, io_uring by option.
  requires io.netty.transport.classes.epoll;
  requires io.netty.transport.classes.io_uring;
  requires io.netty.transport.unix.common;
  // The multi-producer queue through which any thread hands messages to a session.
  requires org.jctools.core;
}
