package bdk.p2p.simulator.laws;

import io.netty.channel.DefaultChannelId;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.HashedWheelTimer;
import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.internal.PlatformDependent;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.lang.ref.Cleaner;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.Timer;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One class for each kind of leak, with every single use that must be found. Never run. */
final class PlantedLeaks {
  private PlantedLeaks() {}

  static Class<?> of(Leak leak) {
    return switch (leak) {
      case WALL_CLOCK -> WallClock.class;
      case CHANCE -> Chance.class;
      case THREADS -> Threads.class;
      case IDENTITY -> Identity.class;
      case HASH_ORDER -> HashOrder.class;
      case SURROUNDINGS -> Surroundings.class;
    };
  }

  static final class WallClock {
    // A reference to a method is a use as good as a call.
    final Supplier<Instant> later = Instant::now;

    long all() {
      FileTime file = FileTime.fromMillis(1);
      return System.nanoTime()
          + Clock.systemUTC().millis()
          + LocalDateTime.now().getNano()
          + new Date().getTime()
          + Calendar.getInstance().getTimeInMillis()
          + file.toMillis();
    }
  }

  static final class Chance {
    @SuppressWarnings("deprecation") // deprecated or not, it must be found
    long all(List<String> list, UUID[] into) {
      into[0] = UUID.randomUUID();
      Collections.shuffle(list);
      // Inside a lambda it is still this class that does it.
      Supplier<Double> hidden = () -> Math.random();
      return new Random().nextLong()
          + new SecureRandom().nextLong()
          + ThreadLocalRandom.current().nextLong()
          + PlatformDependent.threadLocalRandom().nextLong()
          + RandomGenerator.getDefault().nextLong()
          + new SplittableRandom().nextLong()
          + hidden.get().longValue()
          + DefaultChannelId.newInstance().asLongText().length();
    }
  }

  static final class Threads {
    void all(Collection<String> many, Stream<String> stream, int[] numbers) throws Exception {
      new Thread(() -> {}).start();
      Thread.sleep(1);
      Executors.newCachedThreadPool();
      new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
      ForkJoinPool.commonPool();
      new Timer();
      many.parallelStream();
      stream.parallel();
      Arrays.parallelSort(numbers);
      CompletableFuture<Void> future = CompletableFuture.runAsync(() -> {});
      future.orTimeout(1, TimeUnit.SECONDS);
      new CountDownLatch(1).await();
      new ProcessBuilder("true").start();
      Runtime.getRuntime().addShutdownHook(null);
      Cleaner.create();
      new HashedWheelTimer();
      NioIoHandler.newFactory();
    }
  }

  static final class Identity {
    int all(Object one) {
      return System.identityHashCode(one) + one.hashCode();
    }
  }

  static final class HashOrder {
    int all(Stream<String> stream) {
      Map<String, String> map = new HashMap<>();
      Set<String> keys = ConcurrentHashMap.newKeySet();
      Set<String> set = Collections.newSetFromMap(map(HashMap::new));
      Set<String> salted = Set.of("a", "b");
      Set<String> copied = Set.copyOf(salted);
      Set<String> collected = stream.collect(Collectors.toSet());
      LongObjectHashMap<String> numbers = new LongObjectHashMap<>();
      return map.size()
          + keys.size()
          + set.size()
          + salted.size()
          + copied.size()
          + collected.size()
          + numbers.size();
    }

    private static Map<String, Boolean> map(Supplier<Map<String, Boolean>> made) {
      return made.get();
    }
  }

  static final class Surroundings {
    void all() throws IOException {
      System.getenv("HOME");
      Runtime.getRuntime().availableProcessors();
      Locale.getDefault();
      Charset.defaultCharset();
      InetAddress.getLocalHost();
      NetworkInterface.getNetworkInterfaces();
      new Socket().close();
      new FileInputStream(new File("x")).close();
      Files.exists(Path.of("x"));
    }
  }

  /** What the world may do. */
  static final class Clean {
    record Pair(String one, int other) {}

    enum Kind {
      ONE,
      OTHER
    }

    Object all(Executor executor, Clock clock, RandomGenerator given) throws Exception {
      Map<String, Integer> map = new LinkedHashMap<>(new TreeMap<>());
      Set<Integer> set = new LinkedHashSet<>(Set.of(1));
      Callable<Object> callable = Executors.callable(() -> {});
      CompletableFuture.runAsync(() -> {}, executor);
      Instant now = clock.instant();
      List<Long> drawn = new ArrayList<>(List.of(new SplittableRandom(7).nextLong()));
      drawn.add(given.nextLong());
      return List.of(map, set, callable, now, drawn, new Pair("one", 1), Kind.valueOf("ONE"));
    }
  }
}
