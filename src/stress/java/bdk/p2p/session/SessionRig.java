package bdk.p2p.session;

import bdk.p2p.budget.NodeBudgets;
import bdk.p2p.environment.BareEnvironment;
import bdk.p2p.message.Answer;
import bdk.p2p.message.CloseReason;
import bdk.p2p.message.Command;
import bdk.p2p.message.DropReason;
import bdk.p2p.message.Message;
import bdk.p2p.message.MessageType;
import bdk.p2p.message.NodeType;
import bdk.p2p.message.RequestOutcome;
import bdk.p2p.wire.FrameEncoder;
import bdk.p2p.wire.Handshake;
import bdk.p2p.wire.Originals;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A real session on a loop that is driven by hand, and a count of what becomes of its messages. */
final class SessionRig implements SessionEvents {
  static final Command ASK = Command.of(Command.FIRST_FREE);
  static final CloseReason GONE = CloseReason.of(CloseReason.Code.CLOSED_BY_PEER);
  private static final Duration LONG = Duration.ofDays(1);
  private static final long PLENTY = 1L << 40;

  final HandLoop loop = new HandLoop();
  final NodeBudgets budgets = NodeBudgets.of(PLENTY, PLENTY, PLENTY, PLENTY);
  final HandChannel channel = new HandChannel(loop);
  final Session session;
  private final AtomicInteger unsent = new AtomicInteger();
  private final AtomicInteger ends = new AtomicInteger();
  private Runnable mayAnswer = () -> {};

  /** Open, with nothing waiting. */
  SessionRig(long inboxBytes) {
    session =
        new Session(
            channel,
            null,
            new SessionContext(
                BareEnvironment.of(Runnable::run),
                new SessionLimits(LONG, LONG, LONG, LONG, 64, 1 << 20, 64, inboxBytes, 64),
                (type, command) -> 1 << 20,
                Originals.NONE,
                NodeType.NORMAL,
                0,
                this,
                budgets,
                new InboundRates(List.of(), Map.of(), address -> true),
                new TrafficCounters(),
                new ConcurrentHashMap<>()));
    session.connected();
    session.handshake(new Handshake(NodeType.NORMAL, 7));
    settle();
  }

  SessionRig() {
    this(1 << 20);
  }

  /** What to do when there is room for answers again. */
  void onMayAnswer(Runnable action) {
    mayAnswer = action;
  }

  static Outbound message() {
    return Outbound.of(Message.adopt(MessageType.NOTIFICATION, 1, ASK, new byte[1]), false);
  }

  /** A waiter whose ends are counted. */
  RequestWaiter waiter() {
    return new RequestWaiter() {
      @Override
      public boolean isDone() {
        return false;
      }

      @Override
      public void settle(RequestOutcome outcome, Answer answer) {
        ends.incrementAndGet();
      }
    };
  }

  /** Drives the loop until nothing waits, as whichever thread calls. */
  void settle() {
    loop.hold();
    loop.run();
    loop.release();
  }

  int unsent() {
    return unsent.get();
  }

  int ends() {
    return ends.get();
  }

  /** Takes the frames that were written, and counts them. */
  int written() {
    int frames = 0;
    ByteBuf bytes;
    while ((bytes = channel.readOutbound()) != null) {
      frames += framesIn(bytes);
      bytes.release();
    }
    return frames;
  }

  /** Small frames leave together; what is shorter than any frame is a handshake. */
  private static int framesIn(ByteBuf bytes) {
    if (bytes.readableBytes() < FrameEncoder.HEADER_BYTES) {
      return 1;
    }
    int frames = 0;
    while (bytes.isReadable()) {
      bytes.skipBytes(Long.BYTES + (int) bytes.getLong(bytes.readerIndex()));
      frames++;
    }
    return frames;
  }

  /** What is still held, or empty: nothing may be once all is over. */
  String held() {
    long sum =
        session.load().queuedMessages()
            + session.load().queuedBytes()
            + session.load().pendingRequests();
    return sum + budgets.outboundBytes().taken() == 0 ? "" : " and something is held";
  }

  @Override
  public void unsent(Session from, List<Outbound> messages) {
    unsent.addAndGet(messages.size());
    messages.forEach(Outbound::release);
  }

  @Override
  public void mayAnswer(Session of) {
    mayAnswer.run();
  }

  @Override
  public void connected(Session of) {}

  @Override
  public void handshaken(Session of) {}

  @Override
  public void received(Session from, Message message) {}

  @Override
  public void readComplete(Session session) {}

  @Override
  public void dropped(Session from, Message message, DropReason reason) {}

  @Override
  public void pinged(Session by, long id) {}

  @Override
  public void arrivingOverBudget() {}

  @Override
  public void waitingOverBudget() {}

  @Override
  public void closed(Session of, CloseReason reason, List<Outbound> messages) {
    unsent(of, messages);
  }
}
