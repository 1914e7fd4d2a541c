package bdk.p2p.manager;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.Command;
import bdk.p2p.message.DropReason;
import bdk.p2p.message.MessageType;
import bdk.p2p.wire.FrameEncoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handlers run on workers, in order for each peer, and what goes wrong in one harms nobody. */
@ExtendWith(NoLeaks.class)
class HandlerTest {
  private static final Command ASK = Command.of(5000);

  private static Siege siege(UnaryOperator<ManagerBuilder> handlers) {
    return new Siege(Siege.options().build(), handlers);
  }

  @Test
  void messagesOfAPeerAreHandledInOrderOneAtATime() {
    List<Integer> handled = new CopyOnWriteArrayList<>();
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger overlaps = new AtomicInteger();
    List<String> threads = new CopyOnWriteArrayList<>();
    try (Siege siege =
            siege(
                builder ->
                    builder.onNotification(
                        ASK,
                        (peer, notification) -> {
                          if (inside.incrementAndGet() > 1) {
                            overlaps.incrementAndGet();
                          }
                          threads.add(Thread.currentThread().getName());
                          handled.add(notification.payload().getInt());
                          inside.decrementAndGet();
                        }));
        RawPeer raw = siege.intruder()) {
      for (int number = 0; number < 1000; number++) {
        raw.send(RawPeer.frame(RawPeer.NOTIFICATION, number, 5000, Bytes.number(number).array()));
      }
      Await.until("all", () -> handled.size() == 1000);
      assertEquals(IntStream.range(0, 1000).boxed().toList(), handled);
      assertEquals(0, overlaps.get());
      assertTrue(threads.stream().allMatch(name -> name.contains("-worker")));
    }
  }

  @Test
  void answerAboveItsBoundIsAFailureOfItsHandlerAndIsNotCopied(@TempDir Path directory)
      throws IOException {
    ByteBuffer tooLong;
    try (FileChannel file =
        FileChannel.open(directory.resolve("sparse"), CREATE_NEW, READ, WRITE)) {
      tooLong = file.map(FileChannel.MapMode.READ_WRITE, 0, FrameEncoder.MAX_PAYLOAD_BYTES + 1);
    }
    try (Siege siege = siege(builder -> builder.onRequest(ASK, (peer, request) -> tooLong));
        RawPeer raw = siege.intruder()) {
      raw.send(RawPeer.frame(RawPeer.REQUEST, 1, 5000, new byte[100]));
      Recorder.Failed failed = Await.next("the failure", siege.recorder.failed);
      assertEquals(
          "ANSWER Command 5000: payload of 134217718 bytes is above the limit of 16777216 bytes",
          failed.cause().getMessage());
      Await.until("its place", () -> siege.node.statistics().heldBytes() == 0);
      raw.send(RawPeer.frame(RawPeer.REQUEST, 2, 4096));
      assertEquals(2, raw.next(MessageType.ANSWER, Siege.ECHO).id());
    }
  }

  @Test
  void nextMessageIsHandledWhileAnAnswerIsPending() {
    BlockingQueue<CompletableFuture<ByteBuffer>> open = new LinkedBlockingQueue<>();
    try (Siege siege =
            siege(builder -> builder.onRequestAsync(ASK, (peer, request) -> later(open)));
        RawPeer raw = siege.intruder()) {
      raw.send(RawPeer.frame(RawPeer.REQUEST, 1, 5000));
      raw.send(RawPeer.frame(RawPeer.REQUEST, 2, 5000));
      CompletableFuture<ByteBuffer> first = Await.next("first", open);
      CompletableFuture<ByteBuffer> second = Await.next("second", open);
      second.complete(Bytes.of(2));
      assertEquals(2, raw.next(MessageType.ANSWER, ASK).id());
      first.complete(Bytes.of(1));
      assertEquals(1, raw.next(MessageType.ANSWER, ASK).id());
    }
  }

  private static CompletableFuture<ByteBuffer> later(
      BlockingQueue<CompletableFuture<ByteBuffer>> open) {
    CompletableFuture<ByteBuffer> answer = new CompletableFuture<>();
    open.add(answer);
    return answer;
  }

  @Test
  void unfinishedAnswerHoldsItsShareUntilItEndsAlsoPastTheDeadline() {
    CommandOptions hasty = CommandOptions.defaults().withDeadline(Duration.ofMillis(300));
    BlockingQueue<CompletableFuture<ByteBuffer>> open = new LinkedBlockingQueue<>();
    try (Siege siege =
            siege(
                builder ->
                    builder
                        .command(ASK, hasty)
                        .onRequestAsync(ASK, (peer, request) -> later(open)));
        RawPeer raw = siege.intruder()) {
      Peer peer = siege.node.peer(raw.id()).orElseThrow();
      raw.send(RawPeer.frame(RawPeer.REQUEST, 1, 5000));
      CompletableFuture<ByteBuffer> answer = Await.next("the request", open);
      assertEquals(1, peer.statistics().heldMessages());
      Recorder.Dropped late = siege.recorder.awaitDropped(DropReason.HANDLER_LATE);
      assertEquals(1, late.message().id().value());
      assertEquals(1, peer.statistics().heldMessages());
      answer.complete(Bytes.of(1));
      Await.until("the share", () -> peer.statistics().heldMessages() == 0);
      raw.send(RawPeer.frame(RawPeer.REQUEST, 2, 4096));
      assertEquals(2, raw.next(frame -> frame.type() == RawPeer.ANSWER).id());
    }
  }

  @Test
  void handlerThatThrowsIsToldOfAndTheNextMessageIsHandled() {
    try (Siege siege =
            siege(
                builder ->
                    builder.onRequest(
                        ASK,
                        (peer, request) -> {
                          throw new IllegalStateException("broken handler");
                        }));
        RawPeer raw = siege.intruder()) {
      assertFailureIsTold(siege, raw, "broken handler");
    }
  }

  @Test
  void handlerWhoseStageFailsIsToldOf() {
    try (Siege siege =
            siege(
                builder ->
                    builder.onRequestAsync(
                        ASK,
                        (peer, request) ->
                            CompletableFuture.failedFuture(
                                new IllegalStateException("broken stage"))));
        RawPeer raw = siege.intruder()) {
      assertFailureIsTold(siege, raw, "broken stage");
    }
  }

  @Test
  void handlerThatFailsLaterIsToldOfOnAWorker() {
    BlockingQueue<CompletableFuture<ByteBuffer>> open = new LinkedBlockingQueue<>();
    try (Siege siege =
            siege(builder -> builder.onRequestAsync(ASK, (peer, request) -> later(open)));
        RawPeer raw = siege.intruder()) {
      raw.send(RawPeer.frame(RawPeer.REQUEST, 1, 5000));
      Await.next("the request", open).completeExceptionally(new IllegalStateException("later"));
      siege.recorder.awaitDropped(DropReason.HANDLER_FAILED);
      assertEquals("later", Await.next("failed", siege.recorder.failed).cause().getMessage());
      assertTrue(
          siege.recorder.threads.stream().allMatch(name -> name.contains("-worker")),
          siege.recorder.threads.toString());
    }
  }

  @Test
  void handlerThatReturnsNullIsToldOf() {
    try (Siege siege = siege(builder -> builder.onRequest(ASK, (peer, request) -> null));
        RawPeer raw = siege.intruder()) {
      assertFailureIsTold(siege, raw, "the handler of Command 5000 returned null");
    }
  }

  @Test
  void handlerThatThrowsACheckedExceptionHarmsNobody() {
    try (Siege siege =
            siege(
                builder ->
                    builder.onRequest(ASK, (peer, request) -> sneak(new IOException("sneaked"))));
        RawPeer raw = siege.intruder()) {
      assertFailureIsTold(siege, raw, "sneaked");
    }
  }

  @SuppressWarnings("unchecked")
  private static <E extends Exception> ByteBuffer sneak(Exception cause) throws E {
    throw (E) cause;
  }

  /** The same bytes in many buffers, between position and limit. */
  private static List<ByteBuffer> buffersOf(byte[] bytes) {
    return Stream.of(
            ByteBuffer.allocate(bytes.length + 20), ByteBuffer.allocateDirect(bytes.length + 20))
        .map(buffer -> buffer.position(7).put(bytes).flip().position(7))
        .flatMap(buffer -> Stream.of(buffer, buffer.slice(), buffer.asReadOnlyBuffer()))
        .map(buffer -> buffer.order(ByteOrder.LITTLE_ENDIAN))
        .toList();
  }

  /** On either side of what is copied into its frame at once, 16 KiB. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, (16 << 10) - 19, (16 << 10) - 18, 300_000})
  void whatIsAskedAndAnsweredLiesBetweenPositionAndLimit(int size) {
    byte[] wanted = new byte[size];
    new SplittableRandom(size).nextBytes(wanted);
    List<ByteBuffer> buffers = buffersOf(wanted);
    List<ByteBuffer> before = buffers.stream().map(ByteBuffer::duplicate).toList();
    try (Siege siege =
            siege(
                builder ->
                    builder.onRequest(
                        ASK, (peer, request) -> buffers.get(request.payload().getInt())));
        RawPeer raw = siege.intruder()) {
      Peer intruder = siege.node.peer(raw.id()).orElseThrow();
      for (int n = 0; n < buffers.size(); n++) {
        raw.send(RawPeer.frame(RawPeer.REQUEST, n, 5000, Bytes.number(n).array()));
        RawPeer.Frame answer = raw.next(MessageType.ANSWER, ASK);
        assertEquals(n, answer.id());
        assertArrayEquals(wanted, answer.payload(), buffers.get(n).toString());
        var asked = siege.node.request(intruder, ASK, buffers.get(n)).toCompletableFuture();
        RawPeer.Frame request = raw.next(MessageType.REQUEST, ASK);
        assertArrayEquals(wanted, request.payload(), buffers.get(n).toString());
        raw.send(RawPeer.frame(RawPeer.ANSWER, request.id(), 5000, new byte[1]));
        assertEquals(1, Await.value(asked).payloadBytes());
      }
      assertEquals(before, buffers);
    }
  }

  @Test
  void answerThatTheProtocolForbidsIsNotSent() {
    try (Siege siege =
            siege(
                builder ->
                    builder.onRequest(
                        Command.REQUEST_TRANSACTIONS, (peer, request) -> Bytes.of(1)));
        RawPeer raw = siege.intruder()) {
      raw.send(RawPeer.frame(RawPeer.REQUEST, 1, 7));
      siege.recorder.awaitDropped(DropReason.HANDLER_FAILED);
      assertServed(raw);
    }
  }

  @Test
  void requestWithoutAHandlerIsDroppedAndCounted() {
    try (Siege siege = siege(builder -> builder);
        RawPeer raw = siege.intruder()) {
      raw.send(RawPeer.frame(RawPeer.REQUEST, 1, 5001));
      siege.recorder.awaitDropped(DropReason.NO_HANDLER);
      assertEquals(1, siege.node.statistics().drops().get(DropReason.NO_HANDLER));
      assertServed(raw);
    }
  }

  private static void assertFailureIsTold(Siege siege, RawPeer raw, String message) {
    raw.send(RawPeer.frame(RawPeer.REQUEST, 1, 5000));
    Recorder.Failed failed = Await.next("failed", siege.recorder.failed);
    assertEquals(message, failed.cause().getMessage());
    assertEquals(1, failed.message().id().value());
    siege.recorder.awaitDropped(DropReason.HANDLER_FAILED);
    assertServed(raw);
  }

  private static void assertServed(RawPeer raw) {
    raw.send(RawPeer.frame(RawPeer.REQUEST, 2, 4096, (byte) 8));
    RawPeer.Frame answer = raw.next(frame -> frame.type() == RawPeer.ANSWER);
    assertEquals(2, answer.id());
    assertArrayEquals(new byte[] {8}, answer.payload());
  }
}
