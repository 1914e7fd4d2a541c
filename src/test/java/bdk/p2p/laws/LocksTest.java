package bdk.p2p.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.manager.Manager;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No lock of the core is held over a callback, a future's end, input or output, or another lock: by
 * its class files, along all methods that may be called.
 */
class LocksTest {
  /** Its own lock, which only the worker that stores and the start of the node ever want. */
  private static final String STORAGE = "FolderStorage.";

  /** A leaf: it calls nobody. */
  private static final String BUCKET = "TokenBucket.";

  /** Functions of the class itself, and a rule of the options: they ask fields and nobody else. */
  private static final Set<String> QUESTIONS =
      Set.of(
          "Eviction.choose -> ToLongFunction.applyAsLong", "PeerTable.roomFor -> Predicate.test");

  private static Callouts core() throws Exception {
    Path classes =
        Path.of(Manager.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    HeldCalls code = new HeldCalls();
    try (Stream<Path> files = Files.walk(classes.resolve("bdk"))) {
      for (Path file : files.filter(one -> one.toString().endsWith(".class")).toList()) {
        code.read(Files.readAllBytes(file));
      }
    }
    assertTrue(code.calls.size() > 1000 && code.locking.size() > 50, "the core was not read");
    return new Callouts(code);
  }

  @Test
  void noLockIsHeldOverACallback() throws Exception {
    Set<String> found = core().toOthers();
    found.removeIf(path -> path.startsWith(STORAGE) || QUESTIONS.stream().anyMatch(path::endsWith));
    assertEquals(Set.of(), found, () -> String.join("\n", found));
  }

  @Test
  void noLockIsHeldOverAnotherLock() throws Exception {
    Set<String> found = core().toLocks();
    found.removeIf(path -> path.substring(path.lastIndexOf("-> ") + 3).startsWith(BUCKET));
    assertEquals(Set.of(), found, () -> String.join("\n", found));
  }

  // ---- the law itself sees what is planted ----

  private static Callouts planted(Class<?>... types) throws IOException {
    HeldCalls code = new HeldCalls();
    for (Class<?> type : types) {
      try (InputStream file =
          type.getResourceAsStream(
              type.getName().substring(type.getPackageName().length() + 1) + ".class")) {
        code.read(file.readAllBytes());
      }
    }
    return new Callouts(code);
  }

  /** What each class does under its lock, and after it. */
  private static class Directly {
    synchronized void tell(Runnable listener) {
      listener.run();
    }
  }

  private static final class InABlock {
    private final List<String> news = new ArrayList<>();

    void tell(CompletableFuture<String> future, boolean early) {
      synchronized (news) {
        if (early) {
          return;
        }
        news.add("one");
        future.complete("one");
      }
    }
  }

  private static final class ByAHelper {
    private final Directly other = new Directly();

    void tell(Runnable listener) {
      synchronized (this) {
        helper(listener);
      }
    }

    private void helper(Runnable listener) {
      other.tell(listener);
    }
  }

  private static final class ByALambda {
    private final List<Runnable> listeners = new ArrayList<>();

    synchronized void tell() {
      listeners.forEach(listener -> listener.run());
    }
  }

  private static final class Outside {
    private final List<Runnable> listeners = new ArrayList<>();

    void tell(boolean early) {
      List<Runnable> all;
      synchronized (this) {
        if (early) {
          return;
        }
        try {
          all = List.copyOf(listeners);
        } finally {
          listeners.clear();
        }
      }
      all.forEach(Runnable::run);
    }
  }

  @Test
  void callbackUnderALockIsFoundWhereverItHides() throws Exception {
    Callouts all =
        planted(Directly.class, InABlock.class, ByAHelper.class, ByALambda.class, Outside.class);
    Set<String> found = new TreeSet<>();
    all.toOthers().forEach(path -> found.add(path.replace("LocksTest$", "")));
    assertEquals(
        Set.of(
            "Directly.tell -> Runnable.run",
            "InABlock.tell -> CompletableFuture.complete",
            "ByAHelper.tell -> ByAHelper.helper -> Directly.tell -> Runnable.run",
            "ByALambda.tell -> ByALambda.lambda$tell$0 -> Runnable.run"),
        found);
    assertEquals(
        Set.of("LocksTest$ByAHelper.tell -> LocksTest$ByAHelper.helper -> LocksTest$Directly.tell"),
        all.toLocks());
  }
}
