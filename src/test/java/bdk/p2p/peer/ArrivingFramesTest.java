package bdk.p2p.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.budget.NodeBudgets;
import bdk.p2p.message.CloseReason;
import bdk.p2p.message.CloseReason.Code;
import bdk.p2p.message.NodeId;
import bdk.p2p.session.Session;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one session does when the frames of all together that came in part are too much. */
class ArrivingFramesTest {
  private static final int MIB = 1 << 20;

  private final NodeBudgets budgets = NodeBudgets.of(1, 1, MIB, 1);
  private final EmbeddedSessions sessions = new EmbeddedSessions(budgets, MIB);
  private final Session session = sessions.accepted(NodeId.parse("10.0.0.1:7000"));
  private final EmbeddedChannel channel = EmbeddedSessions.channel(session);

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
    sessions.close();
  }

  /** The header of a frame of half a mebibyte, and so much of its payload. */
  private static ByteBuf part(int bytes) {
    return Unpooled.buffer()
        .writeLong(11 + MIB / 2)
        .writeByte(3)
        .writeLong(1)
        .writeShort(4096)
        .writeZero(bytes);
  }

  @Test
  void readingStopsAfterTheBufferThatMakesItTooMuch() {
    // Others, on other event loops.
    for (int count = 0; count < 9; count++) {
      budgets.holders().join();
    }
    budgets.arrivingBytes().take(MIB);
    channel.writeOneInbound(part(30_000));
    assertTrue(channel.config().isAutoRead(), "30 kB are less than a tenth of a mebibyte");
    channel.writeOneInbound(Unpooled.buffer().writeZero(100_000));
    assertFalse(channel.config().isAutoRead());
    // As a channel does that had read more before it was told.
    channel.writeOneInbound(Unpooled.buffer().writeZero(1_000));
    long held = session.load().arrivingBytes();
    assertTrue(held >= 131_000 && held <= 262_000, held + " bytes");

    budgets.arrivingBytes().giveBack(MIB);
    for (int look = 0; look < 5_000 && !channel.config().isAutoRead(); look++) {
      LockSupport.parkNanos(1_000_000);
      channel.runScheduledPendingTasks();
      channel.runPendingTasks();
    }
    assertTrue(channel.config().isAutoRead());
  }

  @Test
  void whoIsChosenToGoEndsAtItsNextReading() {
    CloseReason reason = new CloseReason(Code.OVER_BUDGET, "too much");
    session.evict(reason, true);
    assertFalse(session.isClosed());
    channel.writeInbound(part(1));
    assertTrue(session.isClosed());
    assertEquals(0, session.load().arrivingBytes());
    assertEquals(0, budgets.arrivingBytes().taken());
  }
}
