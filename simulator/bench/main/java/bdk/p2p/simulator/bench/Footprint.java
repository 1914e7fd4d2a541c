package bdk.p2p.simulator.bench;

import com.sun.management.ThreadMXBean;
import io.netty.util.internal.PlatformDependent;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

/** The memory that this process has made and holds. Any thread. */
final class Footprint {
  /** Garbage that the first collection has only found is gone after the second. */
  private static final int COLLECTIONS = 2;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Footprint() {}

  /** Bytes that all living threads have allocated on the heap since they began. */
  static long made() {
    long sum = 0;
    for (long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
      sum += Math.max(0, bytes);
    }
    return sum;
  }

  /** Bytes of the heap in use once all garbage is gone. */
  static long heap() {
    for (int n = 0; n < COLLECTIONS; n++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** Bytes of buffers beside the heap, Netty's and the JDK's. */
  static long direct() {
    long sum = Math.max(0, PlatformDependent.usedDirectMemory());
    for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
      sum += pool.getMemoryUsed();
    }
    return sum;
  }
}
