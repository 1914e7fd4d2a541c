package bdk.p2p.simulator;

import io.netty.util.ResourceLeakDetector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A leak detector that keeps what it finds, so that a test can fail of it. Named by the system
 * property {@code io.netty.customResourceLeakDetector}, and therefore public.
 *
 * @param <T> what is watched
 */
public final class LeakCollector<T> extends ResourceLeakDetector<T> {
  static final Queue<String> FOUND = new ConcurrentLinkedQueue<>();

  /** Made by Netty, once for each type of resource. */
  public LeakCollector(Class<?> resource, int samplingInterval) {
    super(resource, samplingInterval);
  }

  /** What older detectors had, and Netty still asks for. */
  public LeakCollector(Class<?> resource, int samplingInterval, long ignoredMaxActive) {
    this(resource, samplingInterval);
  }

  @Override
  protected boolean needReport() {
    return true;
  }

  @Override
  protected void reportTracedLeak(String resource, String records) {
    FOUND.add(resource + records);
  }

  @Override
  protected void reportUntracedLeak(String resource) {
    FOUND.add(resource);
  }
}
