package bdk.p2p.broadcast;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * At most so many entries: one too many pushes out the one that was put first. Owned by who made
 * it.
 */
final class Newest<K, V> extends LinkedHashMap<K, V> {
  private static final long serialVersionUID = 1L;

  private final int limit;

  Newest(int limit) {
    this.limit = limit;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > limit;
  }
}
