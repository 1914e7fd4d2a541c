package bdk.p2p.environment;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes threads called {@code prefix-1}, {@code prefix-2} and so on. Any thread. */
final class NamedThreads implements ThreadFactory {
  private final String prefix;
  private final boolean daemon;
  private final ThreadGroup group;
  private final AtomicInteger made = new AtomicInteger();

  /**
   * Makes none yet.
   *
   * @param group where they belong; null for the group of whoever makes one
   */
  NamedThreads(String prefix, boolean daemon, ThreadGroup group) {
    this.prefix = prefix;
    this.daemon = daemon;
    this.group = group;
  }

  @Override
  public Thread newThread(Runnable task) {
    Thread thread = new Thread(group, task, prefix + "-" + made.incrementAndGet());
    thread.setDaemon(daemon);
    return thread;
  }
}
