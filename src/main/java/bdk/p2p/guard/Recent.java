package bdk.p2p.guard;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map of bounded size: the entry that was used least recently goes. For one thread at a time. */
final class Recent<K, V> extends LinkedHashMap<K, V> {
  private static final long serialVersionUID = 1L;
  private static final int FIRST_SLOTS = 16;
  private static final float LOAD = 0.75f;

  private final int limit;

  Recent(int limit) {
    super(FIRST_SLOTS, LOAD, true);
    this.limit = limit;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > limit;
  }
}
