package bdk.p2p.simulator.bench;

import bdk.p2p.manager.CommandOptions;
import bdk.p2p.manager.ManagerOptions;
import java.util.Locale;
import java.util.Optional;

/**
 * A way to exchange messages in the frames of the protocol. What it cannot do, no case asks for.
 */
enum Contender {
  /** What this project offers, with its default options but for the bounds on peers. */
  LIBRARY {
    @Override
    Responder respond(Optional<Keys> keys, int sessions) throws Exception {
      return new LibraryResponder(CommandOptions.defaults(), keys, sessions);
    }

    @Override
    Driver drive(Optional<Keys> keys, int port) throws Exception {
      return new LibraryDriver(port, CommandOptions.defaults(), keys);
    }

    @Override
    Sender send(Optional<Keys> keys, int sessions) throws Exception {
      return new LibrarySender(keys, sessions, ManagerOptions.builder());
    }

    @Override
    Relay relay(Optional<Keys> keys, int next) throws Exception {
      return new LibraryRelay(next, CommandOptions.defaults(), keys);
    }

    @Override
    Ends ends(Optional<Keys> keys) throws Exception {
      return new LibraryEnds(CommandOptions.defaults(), keys);
    }
  },

  /** The same, but handlers say that they are light, as those of the bare pipeline are. */
  LIGHT {
    private CommandOptions light() {
      return CommandOptions.defaults().withLightHandlers();
    }

    @Override
    Responder respond(Optional<Keys> keys, int sessions) throws Exception {
      return new LibraryResponder(light(), keys, sessions);
    }

    @Override
    Driver drive(Optional<Keys> keys, int port) throws Exception {
      return new LibraryDriver(port, light(), keys);
    }

    @Override
    Relay relay(Optional<Keys> keys, int next) throws Exception {
      return new LibraryRelay(next, light(), keys);
    }

    @Override
    Ends ends(Optional<Keys> keys) throws Exception {
      return new LibraryEnds(light(), keys);
    }
  },

  /** The library with one event loop, as the bare pipeline has. */
  ONE_LOOP {
    @Override
    Sender send(Optional<Keys> keys, int sessions) throws Exception {
      return new LibrarySender(keys, sessions, ManagerOptions.builder().ioThreads(1));
    }
  },

  /** The limit: a bare pipeline that frames, and does everything on the event loop. */
  NETTY {
    @Override
    Responder respond(Optional<Keys> keys, int sessions) throws Exception {
      return new NettyResponder(new NettySockets(keys));
    }

    @Override
    Driver drive(Optional<Keys> keys, int port) throws Exception {
      return new NettyDriver(port, new NettySockets(keys));
    }

    @Override
    Sender send(Optional<Keys> keys, int sessions) throws Exception {
      return new NettySender(new NettySockets(keys));
    }

    @Override
    Relay relay(Optional<Keys> keys, int next) throws Exception {
      return new NettyRelay(next, new NettySockets(keys), false);
    }

    @Override
    Ends ends(Optional<Keys> keys) throws Exception {
      return new NettyEnds(new NettySockets(keys), false);
    }
  },

  /**
   * The limit of what keeps the rules: it checks the id of each broadcast, as every node has to.
   */
  CHECKING {
    @Override
    Relay relay(Optional<Keys> keys, int next) throws Exception {
      return new NettyRelay(next, new NettySockets(keys), true);
    }

    @Override
    Ends ends(Optional<Keys> keys) throws Exception {
      return new NettyEnds(new NettySockets(keys), true);
    }
  },

  /** Plain blocking sockets with buffered streams, a thread for each direction. */
  BLOCKING {
    @Override
    Responder respond(Optional<Keys> keys, int sessions) throws Exception {
      return new BlockingResponder();
    }

    @Override
    Driver drive(Optional<Keys> keys, int port) throws Exception {
      return new BlockingDriver(port);
    }

    @Override
    Sender send(Optional<Keys> keys, int sessions) throws Exception {
      return new BlockingSender();
    }
  },

  /** Another library for peers on Netty, with frames of its own. */
  RSOCKET {
    @Override
    Responder respond(Optional<Keys> keys, int sessions) {
      return new RSocketResponder();
    }

    @Override
    Driver drive(Optional<Keys> keys, int port) {
      return new RSocketDriver(port);
    }
  };

  /** Listens on a free port of loopback, for so many drivers or receivers. */
  Responder respond(Optional<Keys> keys, int sessions) throws Exception {
    throw new UnsupportedOperationException(shown());
  }

  /** Connects to a responder of its kind. */
  Driver drive(Optional<Keys> keys, int port) throws Exception {
    throw new UnsupportedOperationException(shown());
  }

  /** Listens on a free port of loopback, for so many receivers. */
  Sender send(Optional<Keys> keys, int sessions) throws Exception {
    throw new UnsupportedOperationException(shown());
  }

  /** Passes on what it receives, to who listens at a port. */
  Relay relay(Optional<Keys> keys, int next) throws Exception {
    throw new UnsupportedOperationException(shown());
  }

  /** Both ends of a line of relays. */
  Ends ends(Optional<Keys> keys) throws Exception {
    throw new UnsupportedOperationException(shown());
  }

  /** The name that tables and files have. */
  String shown() {
    return name().toLowerCase(Locale.ROOT);
  }
}
