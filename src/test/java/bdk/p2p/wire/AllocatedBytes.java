package bdk.p2p.wire;

import java.lang.reflect.Method;

/**
 * How much this thread has allocated on the heap so far.
 *
 * <p>By reflection: the module under test does not require the JDK's management modules, and so
 * neither can the tests that are compiled into it.
 */
public final class AllocatedBytes {
  private static final Object BEAN;
  private static final Method METHOD;

  static {
    try {
      BEAN =
          Class.forName("java.lang.management.ManagementFactory")
              .getMethod("getThreadMXBean")
              .invoke(null);
      METHOD =
          Class.forName("com.sun.management.ThreadMXBean")
              .getMethod("getThreadAllocatedBytes", long.class);
    } catch (ReflectiveOperationException cause) {
      throw new ExceptionInInitializerError(cause);
    }
  }

  private AllocatedBytes() {}

  /** The bytes that this thread allocates in the action, garbage included. */
  static long during(Runnable action) {
    long before = soFar();
    action.run();
    return soFar() - before;
  }

  /**
   * Fails if the action allocates more than this on the heap, garbage included. One that does is
   * done twice more: what classes and caches take at their first use is not the action's own.
   */
  public static void assertAtMost(long budgetBytes, Runnable action) {
    long least = during(action);
    for (int again = 0; again < 2 && least > budgetBytes; again++) {
      least = Math.min(least, during(action));
    }
    if (least > budgetBytes) {
      throw new AssertionError(
          "allocated " + least + " bytes, above the budget of " + budgetBytes + " bytes");
    }
  }

  private static long soFar() {
    try {
      return (long) METHOD.invoke(BEAN, Thread.currentThread().getId());
    } catch (ReflectiveOperationException cause) {
      throw new AssertionError(cause);
    }
  }
}
