package bdk.p2p.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.Command;
import bdk.p2p.message.NodeId;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two hundred hostile peers at once against a node with default budgets in a process that has 256
 * MiB, heap and direct memory together: it runs out of neither and serves an honest peer.
 */
class MemoryBudgetIT {
  private static final int HEAP_MIB = 196;
  private static final int DIRECT_MIB = 60;
  private static final int HOSTILE = 200;

  /** It is memory that is measured here; a busy machine is slow. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final int LEAST_SERVED = 10;
  private static final Duration ATTACK = Duration.ofSeconds(15);

  @TempDir Path folder;

  @Test
  void twoHundredHostilePeersFitInto256MiB() throws Exception {
    Path errors = folder.resolve("errors");
    Process process = start(errors);
    try (Writer ask = process.outputWriter(StandardCharsets.UTF_8);
        BufferedReader said = new BufferedReader(new InputStreamReader(process.getInputStream()));
        Manager honest =
            Manager.builder()
                .listen("127.0.0.1", 0)
                .options(Siege.options().requestTimeout(PATIENCE).build())
                .start()) {
      NodeId id = NodeId.parse(said.readLine());
      Peer node = Await.value(honest.connect(id));
      AtomicBoolean ended = new AtomicBoolean();
      Thread attacker = new Thread(() -> attack(id, ended), "attacker");
      attacker.start();
      long end = System.nanoTime() + ATTACK.toNanos();
      int served = 0;
      int late = 0;
      List<String> states = new ArrayList<>();
      while (System.nanoTime() - end < 0) {
        long start = System.nanoTime();
        boolean answered =
            Await.value(
                honest
                    .request(node, BesiegedNode.ECHO, ByteBuffer.allocate(100))
                    .handle((answer, failure) -> failure == null));
        served += answered ? 1 : 0;
        late += answered ? 0 : 1;
        ask.write("\n");
        ask.flush();
        states.add((System.nanoTime() - start) / 1_000_000 + " ms, " + said.readLine());
      }
      ended.set(true);
      System.out.println(
          served + " served, " + late + " not; the last of " + states.size() + " looks:");
      states.stream().skip(Math.max(0, states.size() - 5)).forEach(System.out::println);
      assertTrue(process.isAlive(), Files.readString(errors));
      String complaints = Files.readString(errors);
      // A newer JVM warns of native code there.
      assertFalse(complaints.contains("Exception") || complaints.contains("Error"), complaints);
      assertTrue(node.isConnected());
      assertEquals(0, late);
      assertTrue(served >= LEAST_SERVED, served + " served");
      process.destroyForcibly();
      attacker.join();
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
            // Of a heap this small a collector by regions wastes much on large arrays.
            "-XX:+UseSerialGC",
            "-cp",
            classes,
            BesiegedNode.class.getName())
        .redirectError(errors.toFile())
        .start();
  }

  /** What the hostile peers send, again and again: each kind a fifth of them. */
  private static List<byte[]> kinds() {
    byte[] piece = new byte[64 << 10];
    return List.of(
        // Nearly all of a large frame, never the end of it: the rest of the header's claim is
        // zeros.
        RawPeer.header(15 << 20, RawPeer.NOTIFICATION, 1, 4099, new byte[14 << 20]),
        RawPeer.frame(RawPeer.REQUEST, 1, BesiegedNode.ECHO.code(), new byte[8192]),
        RawPeer.frame(RawPeer.REQUEST, 1, BesiegedNode.LARGE.code()),
        RawPeer.frame(RawPeer.NOTIFICATION, 1, BesiegedNode.SLOW.code(), piece),
        RawPeer.frame(RawPeer.NOTIFICATION, 1, Command.NOTIFY_INFO.code(), new byte[900_000]));
  }

  /** All hostile peers by turns, on one thread: they must not win by taking the processors. */
  private static void attack(NodeId id, AtomicBoolean ended) {
    List<HostileSocket> sockets = new ArrayList<>();
    List<byte[]> kinds = kinds();
    for (int index = 0; index < HOSTILE; index++) {
      sockets.add(new HostileSocket(id, kinds.get(index % kinds.size()), index % kinds.size() > 0));
    }
    while (!ended.get()) {
      boolean wrote = false;
      for (HostileSocket socket : sockets) {
        wrote |= socket.write();
      }
      if (!wrote) {
        LockSupport.parkNanos(1_000_000);
      }
    }
    sockets.forEach(HostileSocket::close);
  }

  /** Sends one frame over and over, as far as it is taken, and reads nothing; comes back. */
  private static final class HostileSocket {
    private final NodeId node;
    private final byte[] frame;
    private final boolean repeats;
    private SocketChannel channel;
    private ByteBuffer left;

    HostileSocket(NodeId node, byte[] frame, boolean repeats) {
      this.node = node;
      this.frame = frame;
      this.repeats = repeats;
    }

    /** True if anything was taken. */
    boolean write() {
      try {
        if (channel == null) {
          connect();
        }
        if (!left.hasRemaining() && repeats) {
          left = ByteBuffer.wrap(frame);
        }
        return channel.write(left) > 0;
      } catch (IOException thrownOut) {
        close();
        return false;
      }
    }

    private void connect() throws IOException {
      channel = SocketChannel.open();
      channel.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
      channel.connect(node.socketAddress());
      channel.configureBlocking(false);
      int port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
      channel.write(ByteBuffer.wrap(RawPeer.handshake(0, port)));
      left = ByteBuffer.wrap(frame);
    }

    void close() {
      try {
        if (channel != null) {
          channel.close();
        }
        channel = null;
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }
}
