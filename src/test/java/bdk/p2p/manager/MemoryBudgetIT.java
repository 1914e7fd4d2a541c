package bdk.p2p.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.Command;
import bdk.p2p.message.NodeId;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two hundred hostile peers at once against a node with default budgets in a process that has 256
 * MiB, heap and direct memory together: it runs out of neither and serves an honest peer.
 */
class MemoryBudgetIT {
  private static final int HEAP_MIB = 176;
  private static final int DIRECT_MIB = 80;
  private static final int OF_EACH_KIND = 40;
  private static final Duration ATTACK = Duration.ofSeconds(15);

  @TempDir Path folder;

  @Test
  void twoHundredHostilePeersFitInto256MiB() throws Exception {
    Path errors = folder.resolve("errors");
    Process process = start(errors);
    try (Writer ask = process.outputWriter(StandardCharsets.UTF_8);
        BufferedReader said = new BufferedReader(new InputStreamReader(process.getInputStream()));
        Manager honest =
            Manager.builder().listen("127.0.0.1", 0).options(Siege.options().build()).start()) {
      NodeId id = NodeId.parse(said.readLine());
      Peer node = Await.value(honest.connect(id));
      AtomicBoolean ended = new AtomicBoolean();
      List<Thread> attackers = attack(id, ended);
      long end = System.nanoTime() + ATTACK.toNanos();
      int served = 0;
      String state = "";
      while (System.nanoTime() - end < 0) {
        Await.value(honest.request(node, BesiegedNode.ECHO, ByteBuffer.allocate(100)));
        served++;
        if (served % 50 == 0) {
          ask.write("\n");
          ask.flush();
          state = said.readLine();
          System.out.println(state);
        }
      }
      ended.set(true);
      assertTrue(process.isAlive(), state);
      assertTrue(node.isConnected());
      assertTrue(served > 100, served + " served");
      assertEquals("", Files.readString(errors));
      process.destroyForcibly();
      for (Thread attacker : attackers) {
        attacker.join();
      }
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process start(Path errors) throws IOException {
    String classes =
        String.join(
            File.pathSeparator,
            System.getProperty("core.jar"),
            Path.of("target", "test-classes").toAbsolutePath().toString(),
            System.getProperty("jdk.module.path"));
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + HEAP_MIB + "m",
            "-XX:MaxDirectMemorySize=" + DIRECT_MIB + "m",
            "-cp",
            classes,
            BesiegedNode.class.getName())
        .redirectError(errors.toFile())
        .start();
  }

  /** What one hostile peer does until it is thrown out. */
  private interface Hostility {
    void act(RawPeer peer, AtomicBoolean ended);
  }

  private static List<Thread> attack(NodeId id, AtomicBoolean ended) {
    byte[] piece = new byte[64 << 10];
    byte[] echo = RawPeer.frame(RawPeer.REQUEST, 1, BesiegedNode.ECHO.code(), new byte[8192]);
    byte[] large = RawPeer.frame(RawPeer.REQUEST, 1, BesiegedNode.LARGE.code());
    byte[] slow = RawPeer.frame(RawPeer.NOTIFICATION, 1, BesiegedNode.SLOW.code(), piece);
    byte[] info =
        RawPeer.frame(RawPeer.NOTIFICATION, 1, Command.NOTIFY_INFO.code(), new byte[900_000]);
    List<Hostility> kinds =
        List.of(
            (peer, over) -> {
              peer.send(RawPeer.header(30 << 20, RawPeer.NOTIFICATION, 1, 4099));
              for (int sent = 0; sent < 29 << 20 && peer.trySend(piece); sent += piece.length) {
                // Nearly all of it, and never the end.
              }
              Await.holdsFor(Duration.ofSeconds(2), () -> !over.get());
            },
            (peer, over) -> repeat(peer, echo, over),
            (peer, over) -> repeat(peer, large, over),
            (peer, over) -> repeat(peer, slow, over),
            (peer, over) -> repeat(peer, info, over));
    List<Thread> threads = new ArrayList<>();
    for (int index = 0; index < OF_EACH_KIND * kinds.size(); index++) {
      Hostility kind = kinds.get(index % kinds.size());
      Thread thread = new Thread(() -> comeBack(id, kind, ended), "hostile-" + index);
      thread.start();
      threads.add(thread);
    }
    return threads;
  }

  private static void comeBack(NodeId id, Hostility kind, AtomicBoolean ended) {
    while (!ended.get()) {
      try (RawPeer peer = RawPeer.connect(id, 4096)) {
        peer.greet(0, peer.localPort());
        kind.act(peer, ended);
      } catch (UncheckedIOException thrownOut) {
        // It comes again.
      }
    }
  }

  private static void repeat(RawPeer peer, byte[] frame, AtomicBoolean ended) {
    while (!ended.get() && peer.trySend(frame)) {
      // As fast as the node takes it; no answer is ever read.
    }
  }
}
