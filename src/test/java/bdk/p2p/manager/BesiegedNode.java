package bdk.p2p.manager;

import bdk.p2p.message.CloseReason;
import bdk.p2p.message.Command;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;

/**
 * A node in a process of its own, so that its memory can be bounded and read. Prints its address,
 * then for each line it reads what it uses and holds; ends with its input.
 */
final class BesiegedNode {
  static final Command ECHO = Command.of(4096);
  static final Command LARGE = Command.of(4097);
  static final Command SLOW = Command.of(4098);

  private static final int LARGE_BYTES = 1 << 20;

  private BesiegedNode() {}

  public static void main(String[] arguments) throws IOException {
    ManagerOptions options = ManagerOptions.builder().maxPeers(250).build();
    try (Manager node =
        Manager.builder()
            .listen("127.0.0.1", 0)
            .options(options)
            .onRequest(ECHO, (peer, request) -> request.payload())
            .onRequest(LARGE, (peer, request) -> ByteBuffer.allocate(LARGE_BYTES))
            .onNotification(SLOW, (peer, news) -> Await.holdsFor(Duration.ofMillis(2), () -> true))
            .start()) {
      System.out.println(node.listening().orElseThrow());
      BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
      while (in.readLine() != null) {
        System.out.println(state(node));
      }
    }
  }

  private static String state(Manager node) {
    Runtime runtime = Runtime.getRuntime();
    long heap = runtime.totalMemory() - runtime.freeMemory();
    long direct =
        ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric().usedDirectMemory();
    ManagerStatistics now = node.statistics();
    Map<CloseReason.Code, Long> gone = now.disconnected();
    return "heap %d MiB, direct %d MiB, peers %d, arriving %d, held %d, queued %d, over budget %d, stalled %d"
        .formatted(
            heap >> 20,
            direct >> 20,
            now.peers(),
            now.arrivingBytes(),
            now.heldBytes(),
            now.queuedBytes(),
            gone.get(CloseReason.Code.OVER_BUDGET),
            gone.get(CloseReason.Code.WRITE_STALLED));
  }
}
