package bdk.p2p.simulator.laws;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.domain.JavaMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A way in which something from outside a virtual world can get into it, recognised in compiled
 * code by the methods and constructors that are called or referred to.
 */
enum Leak {
  /** The real time. */
  WALL_CLOCK(
      use("java.lang.System", "nanoTime", "currentTimeMillis"),
      use("java.time.Clock", "systemUTC", "systemDefaultZone", "system", "tick.*"),
      use("java.time.(Instant|Local.*|Zoned.*|Offset.*|Year.*|MonthDay)", "now"),
      use("java.util.(Date|GregorianCalendar)", "<init>"),
      use("java.util.Calendar", "getInstance"),
      use("java.nio.file.attribute.FileTime", ".*")),

  /** Chance that no seed repeats. */
  CHANCE(
      use("java.lang.(Strict)?Math", "random"),
      use("java.util.Random", "<init>"),
      use("java.security.SecureRandom", ".*"),
      use("java.util.concurrent.ThreadLocalRandom", "current"),
      use("io.netty.util.internal.(PlatformDependent|ThreadLocalRandom)", ".*[rR]andom|current"),
      use("java.util.random.(RandomGenerator|RandomGeneratorFactory).*", "getDefault|of|create"),
      use("java.util.UUID", "randomUUID"),
      useWithout("java.util.SplittableRandom", "<init>", "long"),
      useWithout("java.util.Collections", "shuffle", "java.util.random.RandomGenerator"),
      use("io.netty.channel.DefaultChannelId", ".*")),

  /** Threads beside the driver's, and what runs on them. */
  THREADS(
      use("java.lang.Thread", "<init>", "start.*", "sleep", "onSpinWait", "yield", "of.*"),
      useBut("java.util.concurrent.Executors", "callable"),
      use("java.util.concurrent.(Scheduled)?ThreadPoolExecutor", "<init>"),
      use("java.util.concurrent.ForkJoin.*", ".*"),
      use("java.util.Timer(Task)?", "<init>"),
      use("java.util.Collection", "parallelStream"),
      use("java.util.stream.(Base|Int|Long|Double)?Stream", "parallel"),
      use("java.util.Arrays", "parallel.*"),
      useWithout(
          "java.util.concurrent.Complet(ableFuture|ionStage)",
          ".*Async",
          "java.util.concurrent.Executor"),
      use(
          "java.util.concurrent.CompletableFuture",
          "orTimeout",
          "completeOnTimeout",
          "delayedExecutor"),
      use("java.util.concurrent.(CompletableFuture|Future|CountDownLatch|Semaphore)", "get|await"),
      use("java.lang.Process(Builder)?", ".*"),
      use("java.lang.Runtime", "exec", "addShutdownHook"),
      use("java.lang.ref.Cleaner", ".*"),
      use("io.netty.util.(HashedWheelTimer|concurrent.GlobalEventExecutor)", ".*"),
      use("io.netty.channel.(nio|epoll|uring).*", ".*")),

  /** The number that a JVM gives an object, another one in each run. */
  IDENTITY(
      use("java.lang.System", "identityHashCode"), use("java.lang.Object", "hashCode", "toString")),

  /**
   * Collections whose order is that of hash codes, which may be identities, or that of a number
   * that each JVM draws for itself. Who never iterates one, or has keys that hash the same
   * everywhere, says so in the list of reviewed places.
   */
  HASH_ORDER(
      use("java.util.(Hash|Identity|WeakHash|IdentityHash).*", "<init>"),
      use("java.util.concurrent.ConcurrentHashMap.*", "<init>", "newKeySet"),
      use("java.util.Collections", "newSetFromMap"),
      use("java.util.(Map|Set)", "ofEntries", "copyOf"),
      ofMany(),
      use(
          "java.util.stream.Collectors",
          "toMap|toUnmodifiableMap|toConcurrentMap",
          "toSet|toUnmodifiableSet",
          "groupingBy|groupingByConcurrent"),
      use("io.netty.util.collection.*", "<init>")),

  /** What the machine is and where it stands. */
  SURROUNDINGS(
      use("java.lang.System", "getenv", "getProperty", "getProperties", "console"),
      use("java.lang.Runtime", "availableProcessors", ".*Memory"),
      use("java.util.(Locale|TimeZone)", "getDefault"),
      use("java.nio.charset.Charset", "defaultCharset"),
      use("java.net.InetAddress", "getLocalHost", "getAllByName", "getByName"),
      use("java.net.NetworkInterface", ".*"),
      use("java.net.(Server|Datagram)?Socket", "<init>"),
      use("java.io.(File|RandomAccessFile).*", "<init>"),
      use("java.nio.file.Files", ".*"));

  /** One thing that is not to be done. */
  private interface Use {
    boolean isMadeBy(JavaCodeUnitAccess<?> access);
  }

  private final List<Use> uses;

  Leak(Use... uses) {
    this.uses = List.of(uses);
  }

  /** Everything that a class does of this kind, as {@code Owner.method}. */
  Set<String> in(JavaClass one) {
    Set<String> found = new TreeSet<>();
    accesses(one)
        .filter(access -> uses.stream().anyMatch(use -> use.isMadeBy(access)))
        .forEach(access -> found.add(target(access)));
    return found;
  }

  /** How many single uses it knows. */
  int useCount() {
    return uses.size();
  }

  /** The numbers of the uses that a class makes. */
  Set<Integer> usesIn(JavaClass one) {
    Set<Integer> found = new TreeSet<>();
    List<JavaCodeUnitAccess<?>> all = new ArrayList<>(accesses(one).toList());
    for (int number = 0; number < uses.size(); number++) {
      if (all.stream().anyMatch(uses.get(number)::isMadeBy)) {
        found.add(number);
      }
    }
    return found;
  }

  private static Stream<JavaCodeUnitAccess<?>> accesses(JavaClass one) {
    return one.getAccessesFromSelf().stream()
        .filter(access -> access instanceof JavaCodeUnitAccess)
        .map(access -> (JavaCodeUnitAccess<?>) access);
  }

  private static String target(JavaCodeUnitAccess<?> access) {
    return access.getTargetOwner().getSimpleName() + "." + access.getTarget().getName();
  }

  private static Use use(String owner, String... methods) {
    String names = String.join("|", methods);
    return access ->
        access.getTargetOwner().getName().matches(owner)
            && access.getTarget().getName().matches(names)
            && !isEnumBoilerplate(access);
  }

  /** A set or map of nothing or of one has but one order. */
  private static Use ofMany() {
    Use any = use("java.util.(Map|Set)", "of");
    return access -> any.isMadeBy(access) && isMany(access);
  }

  private static boolean isMany(JavaCodeUnitAccess<?> access) {
    List<JavaClass> parameters = access.getTarget().getRawParameterTypes();
    boolean isMap = access.getTargetOwner().getName().equals("java.util.Map");
    return parameters.size() > (isMap ? 2 : 1) || parameters.stream().anyMatch(JavaClass::isArray);
  }

  private static Use useBut(String owner, String allowed) {
    return access ->
        access.getTargetOwner().getName().matches(owner)
            && !access.getTarget().getName().equals(allowed);
  }

  /** A use of the method that is given no such parameter. */
  private static Use useWithout(String owner, String method, String parameter) {
    Use any = use(owner, method);
    return access ->
        any.isMadeBy(access)
            && access.getTarget().getRawParameterTypes().stream()
                .noneMatch(type -> type.getName().equals(parameter));
  }

  /** A record's or an enum's own methods call those of Object without a choice. */
  private static boolean isEnumBoilerplate(JavaCodeUnitAccess<?> access) {
    return access.getOwner() instanceof JavaMethod method
        && method.getOwner().isRecord()
        && method.getName().matches("hashCode|toString|equals");
  }
}
