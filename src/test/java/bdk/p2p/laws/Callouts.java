package bdk.p2p.laws;

import bdk.p2p.laws.HeldCalls.Call;
import bdk.p2p.laws.HeldCalls.Method;
import bdk.p2p.laws.HeldCalls.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Which calls under a monitor lead, at once or by other methods, to where they must not. */
final class Callouts {
  /** Interfaces of the JDK's and Netty's behind which anything may be, and input and output. */
  private static final List<String> OTHERS =
      List.of(
          "java/util/function/",
          "java/lang/Runnable",
          "java/lang/Thread",
          "java/lang/System$Logger",
          "java/util/concurrent/Callable",
          "java/util/concurrent/Executor",
          "java/util/concurrent/ScheduledExecutorService",
          "java/util/concurrent/Completable",
          "java/util/concurrent/CompletionStage",
          "java/nio/channels/",
          "java/nio/file/Files",
          "java/net/Socket",
          "io/netty/bootstrap/",
          "io/netty/channel/",
          "io/netty/util/concurrent/");

  /** Methods behind those that do nothing but tell something. */
  private static final Set<String> PLAIN =
      Set.of(
          "bdk/p2p/environment/Environment.nanoTime",
          "bdk/p2p/environment/Environment.random",
          "bdk/p2p/environment/Environment.clock",
          "bdk/p2p/session/RequestWaiter.isDone",
          "io/netty/channel/ChannelHandlerContext.channel",
          "io/netty/channel/Channel.remoteAddress",
          "io/netty/channel/Channel.localAddress");

  private final HeldCalls code;
  private final Map<Method, List<Method>> bodies = new HashMap<>();

  Callouts(HeldCalls code) {
    this.code = code;
  }

  /** Each call under a monitor by which something is called that others may have written. */
  Set<String> toOthers() {
    return under((holder, target) -> isOfOthers(target));
  }

  /** Each call under a monitor by which a monitor of another class is taken. */
  Set<String> toLocks() {
    return under(
        (holder, target) ->
            code.locking.contains(target) && !target.owner().equals(holder.owner()));
  }

  private interface Trouble {
    boolean is(Method holder, Method target);
  }

  private Set<String> under(Trouble trouble) {
    Set<String> found = new TreeSet<>();
    code.calls.forEach(
        (holder, calls) -> {
          for (Call call : calls) {
            if (call.held()) {
              path(call.target(), target -> trouble.is(holder, target))
                  .ifPresent(path -> found.add(holder + " -> " + path));
            }
          }
        });
    return found;
  }

  /** The shortest way by methods that are known to one that is looked for. */
  private Optional<String> path(Method from, Predicate<Method> wanted) {
    Deque<Method> next = new ArrayDeque<>(List.of(from));
    Map<Method, String> paths = new HashMap<>(Map.of(from, from.toString()));
    while (!next.isEmpty()) {
      Method method = next.remove();
      if (wanted.test(method)) {
        return Optional.of(paths.get(method));
      }
      for (Method body : bodies(method)) {
        if (wanted.test(body)) {
          return Optional.of(paths.get(method));
        }
        for (Call call : code.calls.get(body)) {
          if (paths.putIfAbsent(call.target(), paths.get(method) + " -> " + call.target())
              == null) {
            next.add(call.target());
          }
        }
      }
    }
    return Optional.empty();
  }

  private boolean isOfOthers(Method target) {
    if (PLAIN.contains(target.owner() + "." + target.name())) {
      return false;
    }
    Type type = code.types.get(target.owner());
    if (type != null) {
      // What an interface of our own stands for is above, or the application's.
      return type.isInterface() && !code.calls.containsKey(target) || isAbstract(target, type);
    }
    return OTHERS.stream().anyMatch(target.owner()::startsWith);
  }

  private static boolean isAbstract(Method target, Type type) {
    return type.isInterface() && !target.name().startsWith("lambda$");
  }

  /** The methods that may run when this one is called: its own, a parent's, a child's. */
  private List<Method> bodies(Method target) {
    return bodies.computeIfAbsent(
        target,
        unknown -> {
          Set<Method> all = new HashSet<>();
          String owner = target.owner();
          while (owner != null && code.types.containsKey(owner)) {
            if (addIfKnown(owner, target, all)) {
              break;
            }
            owner = code.types.get(owner).parent();
          }
          for (String type : code.types.keySet()) {
            if (isBelow(type, target.owner())) {
              addIfKnown(type, target, all);
            }
          }
          return new ArrayList<>(all);
        });
  }

  private boolean addIfKnown(String owner, Method target, Set<Method> all) {
    Method method = new Method(owner, target.name(), target.descriptor());
    return code.calls.containsKey(method) && all.add(method);
  }

  private boolean isBelow(String type, String parent) {
    String above = type;
    while (above != null && code.types.containsKey(above)) {
      if (above.equals(parent)) {
        return true;
      }
      above = code.types.get(above).parent();
    }
    return false;
  }
}
