package bdk.p2p.simulator.bench;

import java.util.Locale;

/** A way to exchange messages in the frames of the protocol. */
enum Contender {
  /** What this project offers, with its default options. */
  LIBRARY {
    @Override
    Responder respond() throws Exception {
      return new LibraryResponder();
    }

    @Override
    Driver drive(int port, int bytes) throws Exception {
      return new LibraryDriver(port, bytes);
    }
  },

  /** The limit: a bare pipeline that frames, and does everything on the event loop. */
  NETTY {
    @Override
    Responder respond() throws Exception {
      return new NettyResponder();
    }

    @Override
    Driver drive(int port, int bytes) throws Exception {
      return new NettyDriver(port, bytes);
    }
  },

  /** Plain blocking sockets with buffered streams, a thread for each direction. */
  BLOCKING {
    @Override
    Responder respond() throws Exception {
      return new BlockingResponder();
    }

    @Override
    Driver drive(int port, int bytes) throws Exception {
      return new BlockingDriver(port, bytes);
    }
  };

  /** Listens on a free port of loopback. */
  abstract Responder respond() throws Exception;

  /** Connects to a responder of its kind; all payloads have so many bytes. */
  abstract Driver drive(int port, int bytes) throws Exception;

  /** The name that tables and files have. */
  String shown() {
    return name().toLowerCase(Locale.ROOT);
  }
}
