package bdk.p2p.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.budget.NodeBudgets;
import bdk.p2p.message.NodeId;
import bdk.p2p.session.Session;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a session leaves behind, and when. */
class EndedSessionTest {
  private static final int KIB = 1 << 10;
  private static final NodeId A = NodeId.parse("10.0.0.1:7000");
  private static final NodeId B = NodeId.parse("10.0.0.2:7000");

  @Test
  void sessionThatEndsAmidAReadingKeepsNoTimer() {
    try (EmbeddedSessions sessions = new EmbeddedSessions(NodeBudgets.of(1, 1, KIB, 1), KIB)) {
      EmbeddedChannel channel = EmbeddedSessions.channel(sessions.dialled(A));
      // The handshake of another port than was dialled, and the beginning of a frame.
      ByteBuf bytes = Unpooled.wrappedBuffer(new byte[] {0, 1, 1, 0});
      GoesOn reading = new GoesOn();
      channel.pipeline().addFirst(reading);
      channel.writeInbound(bytes);
      assertFalse(channel.isOpen());
      assertEquals(-1, reading.nextTimer, "nothing is planned");
      channel.finishAndReleaseAll();
    }
  }

  /** A session lets go of what it holds a while after it has been closed. */
  @Test
  void whoIsOnTheWayOutCountsAsGoneWhenOthersAreChosen() {
    NodeBudgets budgets = NodeBudgets.of(1, 1, 3_000, 1);
    Eviction eviction = new Eviction(budgets);
    List<Session> both = new ArrayList<>();
    try (EmbeddedSessions sessions =
        new EmbeddedSessions(
            budgets,
            2_000,
            new NobodyListens() {
              @Override
              public void arrivingOverBudget() {
                eviction.endSlowestFrames(both);
                both.removeIf(Session::isClosed);
                eviction.endSlowestFrames(both);
              }
            })) {
      both.add(sessions.accepted(A));
      both.add(sessions.accepted(B));
      Session first = both.get(0);
      Session second = both.get(1);
      EmbeddedSessions.channel(first).writeInbound(part(900));
      // From its half on a payload takes its whole length.
      EmbeddedSessions.channel(second).writeInbound(part(1_000));
      EmbeddedSessions.channel(first).writeInbound(Unpooled.buffer().writeZero(100));
      assertTrue(first.isClosed(), "its frame is the older one");
      assertFalse(second.isClosed(), "one is enough");
      EmbeddedSessions.channel(first).finishAndReleaseAll();
      EmbeddedSessions.channel(second).finishAndReleaseAll();
    }
  }

  /** A reading of a socket goes on to its end after a close, as an embedded channel's does not. */
  private static final class GoesOn extends ChannelInboundHandlerAdapter {
    long nextTimer;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      context.fireChannelRead(message).fireChannelReadComplete();
      // Later the channel has forgotten its timers.
      nextTimer = ((EmbeddedChannel) context.channel()).runScheduledPendingTasks();
    }
  }

  /** The header of a frame of 2,000 bytes, and so much of its payload. */
  private static ByteBuf part(int bytes) {
    return Unpooled.buffer()
        .writeLong(11 + 2_000)
        .writeByte(3)
        .writeLong(1)
        .writeShort(4096)
        .writeZero(bytes);
  }
}
