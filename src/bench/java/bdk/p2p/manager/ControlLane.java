package bdk.p2p.manager;

import bdk.p2p.message.CloseReason;
import bdk.p2p.message.Command;
import bdk.p2p.message.NodeId;
import bdk.p2p.message.SendResult;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How long an urgent request takes over a slow link, without and with a backlog of 100 MB of bulk
 * to the same peer: two processes, for hosts or network namespaces that a slow link joins.
 *
 * <pre>
 *  ControlLane listen 10.9.0.2
 *  ControlLane measure 10.9.0.2:7000 [EPOLL | NIO | IO_URING]
 * </pre>
 */
public final class ControlLane {
  private static final Command URGENT = Command.of(5000);
  private static final Command BULK = Command.of(5001);
  private static final int BULK_BYTES = 64 << 10;
  private static final int BACKLOG_BYTES = 100_000_000;
  private static final int SAMPLES = 200;
  private static final long PAUSE_NANOS = 50_000_000;

  private ControlLane() {}

  /** Listens for ever, or measures and prints. */
  public static void main(String[] arguments) throws Exception {
    if (arguments[0].equals("listen")) {
      try (Manager node = builder(TransportKind.AUTO).listen(arguments[1], 7000).start()) {
        System.out.println("listening at " + node.listening().orElseThrow());
        Thread.currentThread().join();
      }
    }
    TransportKind transport =
        arguments.length > 2 ? TransportKind.valueOf(arguments[2]) : TransportKind.AUTO;
    try (Manager node = builder(transport).start()) {
      Peer peer = node.connect(NodeId.parse(arguments[1])).toCompletableFuture().get();
      print("without a backlog", sample(node, peer));
      int sent = 0;
      while (sent < BACKLOG_BYTES
          && node.notify(peer, BULK, ByteBuffer.allocate(BULK_BYTES)) == SendResult.QUEUED) {
        sent += BULK_BYTES;
      }
      print("with " + sent / 1_000_000 + " MB waiting", sample(node, peer));
      System.out.println(peer.statistics().queuedBytes() / 1_000_000 + " MB still wait");
    }
  }

  private static ManagerBuilder builder(TransportKind transport) {
    return Manager.builder()
        .options(
            ManagerOptions.builder()
                .minPeers(0)
                .transport(transport)
                .outboundBytes(2L * BACKLOG_BYTES)
                .totalOutboundBytes(2L * BACKLOG_BYTES)
                .stopTimeout(Duration.ofSeconds(1))
                .build())
        .command(URGENT, CommandOptions.defaults().withPriority(CommandOptions.Priority.URGENT))
        .onRequest(URGENT, (peer, request) -> request.payload())
        .onNotification(BULK, (peer, news) -> {})
        .listener(
            new NodeListener() {
              @Override
              public void disconnected(Peer peer, CloseReason reason) {
                System.out.println(peer + " has gone: " + reason);
              }
            });
  }

  private static long[] sample(Manager node, Peer peer) throws Exception {
    long[] nanos = new long[SAMPLES];
    for (int index = 0; index < SAMPLES; index++) {
      long start = System.nanoTime();
      node.request(peer, URGENT, ByteBuffer.allocate(100))
          .toCompletableFuture()
          .get(60, TimeUnit.SECONDS);
      nanos[index] = System.nanoTime() - start;
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    Arrays.sort(nanos);
    return nanos;
  }

  private static void print(String when, long[] nanos) {
    System.out.printf(
        "%s: p50 %.1f ms, p99 %.1f ms, max %.1f ms%n",
        when, nanos[SAMPLES / 2] / 1e6, nanos[SAMPLES * 99 / 100] / 1e6, nanos[SAMPLES - 1] / 1e6);
  }
}
