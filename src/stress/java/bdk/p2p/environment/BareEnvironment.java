package bdk.p2p.environment;

import java.lang.reflect.Proxy;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;

/** Workers, a clock that stands still, some chance, and nothing else of the world. */
public final class BareEnvironment {
  private BareEnvironment() {}

  /** With these workers. */
  public static Environment of(Executor workers) {
    SplittableRandom random = new SplittableRandom(1);
    return (Environment)
        Proxy.newProxyInstance(
            Environment.class.getClassLoader(),
            new Class<?>[] {Environment.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "nanoTime" -> 0L;
                  case "random" -> random;
                  case "workers" -> workers;
                  case "blockingNanos" -> arguments[1];
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
