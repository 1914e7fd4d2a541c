package bdk.p2p.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.budget.NodeBudgets;
import bdk.p2p.message.Answer;
import bdk.p2p.message.Command;
import bdk.p2p.message.Message;
import bdk.p2p.message.MessageType;
import bdk.p2p.message.RequestOutcome;
import bdk.p2p.wire.FrameEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.IllegalReferenceCountException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What leaves when. Messages are told apart by their ids, 1 to 9; a ping has 10, an answer 11. */
class OutboundWriterTest {
  private static final NodeBudgets BUDGETS = NodeBudgets.of(1000, 100_000, 1, 100_000);

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final OutboundQueue queue = new OutboundQueue(100, 100_000, BUDGETS.outboundBytes());
  private final PendingRequests requests = new PendingRequests(10, new Random(1));
  private final InboundShare share = new InboundShare(10, 1000, BUDGETS);
  private final OutboundWriter writer =
      new OutboundWriter(
          channel,
          queue,
          requests,
          share,
          new SessionTraffic(new TrafficCounters()),
          () -> 1,
          () -> {},
          () -> {});

  @AfterEach
  void close() {
    channel.close();
  }

  private static Outbound message(int id, boolean urgent) {
    return Outbound.of(
        Message.adopt(MessageType.NOTIFICATION, id, Command.of(4096), new byte[1]), urgent);
  }

  private void offer(int... ids) {
    for (int id : ids) {
      queue.put(message(id, false));
    }
  }

  private void pingAndAnswer() {
    requests.openAlways();
    queue.put(Outbound.request(PendingRequest.ping(10, Long.MAX_VALUE, waiting()), true));
    share.acquire(0);
    share.answered(0, 0);
    Message answer = Message.adopt(MessageType.ANSWER, 11, Command.of(4096), new byte[0]);
    queue.put(Outbound.answer((Answer) answer, 0));
  }

  /** The ids of what has left since the last time. */
  private List<Long> left() {
    return buffersLeft().stream().flatMap(List::stream).toList();
  }

  /** The same, by the buffers in which they left. */
  private List<List<Long>> buffersLeft() {
    writer.takeOver();
    writer.write();
    List<List<Long>> buffers = new ArrayList<>();
    ByteBuf next;
    while ((next = channel.readOutbound()) != null) {
      List<Long> ids = new ArrayList<>();
      while (next.isReadable()) {
        int start = next.readerIndex();
        ids.add(next.getLong(start + 9));
        next.skipBytes(8 + (int) next.getLong(start));
      }
      if (!ids.isEmpty()) {
        buffers.add(ids);
      }
      next.release();
    }
    return buffers;
  }

  private static Outbound message(int id, int payloadBytes) {
    return Outbound.of(
        Message.adopt(MessageType.NOTIFICATION, id, Command.of(4096), new byte[payloadBytes]),
        false);
  }

  @Test
  void smallFramesShareABufferOfABound() {
    queue.put(message(1, 100));
    queue.put(message(2, 4096 - 19));
    assertEquals(List.of(List.of(1L, 2L)), buffersLeft());
    for (int id = 1; id <= 6; id++) {
      queue.put(message(id, 4096 - 19));
    }
    assertEquals(List.of(List.of(1L, 2L, 3L, 4L), List.of(5L, 6L)), buffersLeft());
    assertEquals(0, queue.messages());
    assertEquals(0, queue.bytes());
  }

  private static ByteBuf encoded(Message message) {
    return FrameEncoder.encode(UnpooledByteBufAllocator.DEFAULT, message);
  }

  /** A frame that many peers get, given to the queue, which alone keeps it from now on. */
  private SharedFrame shared(int id, int payloadBytes) {
    Message common =
        Message.adopt(MessageType.BROADCAST, id, Command.of(4096), new byte[payloadBytes]);
    SharedFrame frame = SharedFrame.of(common, OutboundWriterTest::encoded);
    queue.put(Outbound.shared(common, frame, false));
    frame.release();
    return frame;
  }

  @Test
  void largeFramesHaveBuffersOfTheirOwn() {
    queue.put(message(1, 100));
    queue.put(message(2, 100));
    queue.put(message(3, 4096 - 18));
    SharedFrame large = shared(4, 4096 - 18);
    queue.put(message(5, 100));
    queue.put(message(6, true));
    assertEquals(
        List.of(List.of(6L, 1L, 2L), List.of(3L), List.of(4L), List.of(5L)), buffersLeft());
    assertEquals(0, queue.messages());
    assertThrows(IllegalReferenceCountException.class, large::release, "still kept");
  }

  @Test
  void smallMessagesOfManyPeersAreEncodedAmongTheOthers() {
    long taken = BUDGETS.outboundBytes().taken();
    queue.put(message(1, 100));
    shared(2, 4096 - 19);
    shared(3, 50);
    queue.put(message(4, 100));
    assertEquals(List.of(List.of(1L, 2L, 3L, 4L)), buffersLeft());
    assertEquals(0, queue.messages());
    assertEquals(taken, BUDGETS.outboundBytes().taken());
  }

  @Test
  void answerThatIsNothingButItsFrameComesBackIfItIsNotSent() {
    Message answer = Message.adopt(MessageType.ANSWER, 7, Command.of(4096), new byte[20_000]);
    ByteBuf frame = encoded(answer);
    share.acquire(0);
    share.answered(0, 20_000);
    queue.put(Outbound.answer(new SharedFrame(frame), 20_000));
    List<Outbound> unsent = writer.abandon();
    assertEquals(List.of(answer), unsent.stream().map(Outbound::message).toList());
    assertTrue(unsent.get(0).isAnswer());
    assertEquals(0, share.messages());
    unsent.forEach(Outbound::release);
    assertEquals(0, frame.refCnt());
  }

  private static CorePing waiting() {
    return new CorePing(inTime -> {});
  }

  /** Large enough to be nothing but its frame, which the queue alone keeps from now on. */
  private PendingRequest largeRequest(RequestWaiter waiter) {
    assertTrue(requests.tryOpen());
    PendingRequest request =
        PendingRequest.of(
            Command.of(4096),
            ByteBuffer.allocate(20_000),
            UnpooledByteBufAllocator.DEFAULT,
            1,
            waiter);
    queue.put(Outbound.request(request, false));
    return request;
  }

  private void assertNothingKept(PendingRequest request) {
    assertThrows(IllegalReferenceCountException.class, () -> request.frame().release());
    assertEquals(0, queue.messages());
  }

  @Test
  void largeRequestGetsItsIdBeforeItLeavesAndIsLetGo() {
    PendingRequest request = largeRequest(waiting());
    writer.takeOver();
    assertTrue(request.isRegistered());
    assertEquals(List.of(request.id()), left());
    assertNothingKept(request);
    assertEquals(1, requests.count());
  }

  @Test
  void largeRequestThatEndsBeforeItLeavesIsLetGo() {
    CorePing early = waiting();
    CorePing late = waiting();
    PendingRequest dead = largeRequest(early);
    PendingRequest dying = largeRequest(late);
    early.settle(RequestOutcome.TIMED_OUT, null);
    writer.takeOver();
    late.settle(RequestOutcome.TIMED_OUT, null);
    writer.write();
    assertEquals(List.of(), left());
    assertNothingKept(dead);
    assertNothingKept(dying);
  }

  @Test
  void largeRequestsOfASessionThatEndsAreLetGo() {
    PendingRequest moved = largeRequest(waiting());
    assertEquals(List.of(), writer.giveUp());
    assertNothingKept(moved);
    PendingRequest unsent = largeRequest(waiting());
    assertEquals(List.of(), writer.abandon());
    assertNothingKept(unsent);
  }

  @Test
  void urgentMessagesLeaveFirst() {
    offer(1, 2);
    queue.put(message(3, true));
    assertEquals(List.of(3L, 1L, 2L), left());
    assertTrue(writer.isIdle());
  }

  @Test
  void onlyPingsAndAnswersLeaveWhileItHoldsBack() {
    writer.holdBack();
    offer(1);
    queue.put(message(2, true));
    pingAndAnswer();
    assertEquals(List.of(10L, 11L), left());
    offer(3);
    assertEquals(List.of(), left());
    assertFalse(writer.hasWrittenAll());
    assertTrue(writer.isIdle(), "nothing waits for the socket");
    assertEquals(3, queue.messages());
    writer.goOn();
    assertEquals(List.of(2L, 1L, 3L), left());
    assertTrue(writer.hasWrittenAll());
    assertEquals(0, queue.messages());
  }

  @Test
  void whatAnotherSessionTookLeavesBeforeAllThatThisOneTook() {
    writer.holdBack();
    offer(5);
    assertEquals(List.of(), left());
    offer(6);
    queue.put(message(1, false).earlier());
    queue.put(message(2, false).earlier());
    offer(7);
    writer.takeOver();
    writer.goOn();
    assertEquals(List.of(1L, 2L, 5L, 6L, 7L), left());
  }

  @Test
  void whatIsHeldBackIsNotLostInTheEnd() {
    writer.holdBack();
    offer(1, 2);
    writer.takeOver();
    List<Long> unsent =
        writer.giveUp().stream().map(outbound -> outbound.message().id().value()).toList();
    assertEquals(List.of(1L, 2L), unsent);
    writer.holdBack();
    offer(3);
    writer.takeOver();
    assertEquals(3L, writer.abandon().get(0).message().id().value());
    assertEquals(0, queue.messages());
  }
}
