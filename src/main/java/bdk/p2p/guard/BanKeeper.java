package bdk.p2p.guard;

import bdk.p2p.environment.Environment;
import bdk.p2p.environment.Storage;
import bdk.p2p.message.Ban;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Brings the bans to the node's storage: on a worker, one at a time, and all changes that come
 * meanwhile with the next writing. Any thread.
 */
final class BanKeeper {
  static final String NAME = "bans";

  private static final Logger LOG = System.getLogger("bdk.p2p");

  private final Storage storage;
  private final Executor workers;
  private final Supplier<List<Ban>> bans;
  private final AtomicInteger changes = new AtomicInteger();
  private volatile boolean warned;

  BanKeeper(Environment environment, Supplier<List<Ban>> bans) {
    this.storage = environment.storage();
    this.workers = environment.workers();
    this.bans = bans;
  }

  /**
   * What a former life has left; may block.
   *
   * @throws UncheckedIOException naming place and line if it cannot be read or is damaged; it is
   *     left as it is
   */
  static List<Ban> load(Storage storage) {
    try {
      var content = storage.load(NAME);
      return content.isEmpty() ? List.of() : BanFile.decode(content.get(), storage.place(NAME));
    } catch (IOException cause) {
      throw new UncheckedIOException("the node's bans: " + cause.getMessage(), cause);
    }
  }

  /** There is something new to write. */
  void changed() {
    if (changes.getAndIncrement() == 0) {
      try {
        workers.execute(this::write);
      } catch (RejectedExecutionException ended) {
        // The node has ended and so have its loops: whoever calls now may block.
        write();
      }
    }
  }

  private void write() {
    int seen;
    do {
      seen = changes.get();
      try {
        storage.store(NAME, BanFile.encode(bans.get()));
        warned = false;
      } catch (IOException cause) {
        warn(cause);
      }
    } while (!changes.compareAndSet(seen, 0));
  }

  private void warn(IOException cause) {
    if (!warned) {
      warned = true;
      LOG.log(
          Level.WARNING,
          "cannot write "
              + storage.place(NAME)
              + "; bans hold until the node ends, and the next change tries again: "
              + cause);
    }
  }
}
