package bdk.p2p.environment;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps things for as long as it is there itself. Any thread; never blocks. */
public final class MemoryStorage implements Storage {
  private final Map<String, byte[]> contents = new ConcurrentHashMap<>();

  /** Empty. */
  public MemoryStorage() {}

  @Override
  public Optional<byte[]> load(String name) {
    return Optional.ofNullable(contents.get(name)).map(byte[]::clone);
  }

  @Override
  public void store(String name, byte[] content) {
    contents.put(name, content.clone());
  }

  /** Forgets everything. */
  public void clear() {
    contents.clear();
  }

  @Override
  public String place(String name) {
    return "'" + name + "' in memory";
  }
}
