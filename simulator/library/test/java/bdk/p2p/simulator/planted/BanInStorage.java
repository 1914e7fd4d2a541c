package bdk.p2p.simulator.planted;

import bdk.p2p.environment.Environment;
import bdk.p2p.environment.MemoryStorage;
import bdk.p2p.environment.Storage;
import java.nio.charset.StandardCharsets;

/** A process that finds a ban which none of its lives has made. */
final class BanInStorage extends DelegatingEnvironment {
  /** The address of node-1. */
  private static final String BANS =
      "bdk.p2p bans 1\n10.2.0.1/32 9999-01-01T00:00:00Z out of nowhere\nend\n";

  private final MemoryStorage storage = new MemoryStorage();

  BanInStorage(Environment real) {
    super(real);
    storage.store("bans", BANS.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Storage storage() {
    return storage;
  }
}
