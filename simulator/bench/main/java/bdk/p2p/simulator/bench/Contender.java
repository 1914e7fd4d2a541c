package bdk.p2p.simulator.bench;

import bdk.p2p.manager.CommandOptions;
import java.util.Locale;

/** A way to exchange messages in the frames of the protocol. */
enum Contender {
  /** What this project offers, with its default options but for the bounds on peers. */
  LIBRARY {
    @Override
    Responder respond() throws Exception {
      return new LibraryResponder(CommandOptions.defaults());
    }

    @Override
    Driver drive(int port, int bytes) throws Exception {
      return new LibraryDriver(port, bytes, CommandOptions.defaults());
    }

    @Override
    Sender send(int bytes, int sessions) throws Exception {
      return new LibrarySender(bytes, sessions);
    }
  },

  /** The same, but handlers say that they are light, as those of the bare pipeline are. */
  LIGHT {
    @Override
    Responder respond() throws Exception {
      return new LibraryResponder(CommandOptions.defaults().withLightHandlers());
    }

    @Override
    Driver drive(int port, int bytes) throws Exception {
      return new LibraryDriver(port, bytes, CommandOptions.defaults().withLightHandlers());
    }

    @Override
    Sender send(int bytes, int sessions) {
      throw new UnsupportedOperationException("a sender handles nothing");
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

    @Override
    Sender send(int bytes, int sessions) throws Exception {
      return new NettySender(bytes);
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

    @Override
    Sender send(int bytes, int sessions) throws Exception {
      return new BlockingSender(bytes);
    }
  };

  /** Listens on a free port of loopback. */
  abstract Responder respond() throws Exception;

  /** Connects to a responder of its kind; all payloads have so many bytes. */
  abstract Driver drive(int port, int bytes) throws Exception;

  /** Listens on a free port of loopback, for so many receivers. */
  abstract Sender send(int bytes, int sessions) throws Exception;

  /** True if its peers shake hands. */
  boolean isNode() {
    return this == LIBRARY || this == LIGHT;
  }

  /** The name that tables and files have. */
  String shown() {
    return name().toLowerCase(Locale.ROOT);
  }
}
