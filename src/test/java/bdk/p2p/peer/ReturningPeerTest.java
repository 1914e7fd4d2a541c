package bdk.p2p.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.budget.NodeBudgets;
import bdk.p2p.message.Message;
import bdk.p2p.message.NodeId;
import bdk.p2p.session.InboundRates;
import bdk.p2p.session.Session;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who has been too fast does not get round that by a new connection. */
class ReturningPeerTest {
  private int received;

  @Test
  void newSessionOfAnAddressThatIsInDebtReadsNothingAtFirst() {
    NobodyListens counting =
        new NobodyListens() {
          @Override
          public void received(Session session, Message message) {
            received++;
            session.handling().done(message);
          }
        };
    InboundRates oneByteASecond =
        new InboundRates(List.of(new InboundRates.Limit(true, 1, 20)), Map.of(), address -> false);
    NodeBudgets budgets = NodeBudgets.of(1_000, 1_000_000, 1_000_000, 1);
    try (EmbeddedSessions sessions =
        new EmbeddedSessions(budgets, 1_000, counting, oneByteASecond)) {
      EmbeddedChannel first =
          EmbeddedSessions.channel(sessions.accepted(NodeId.parse("10.0.0.1:7000")));
      first.writeInbound(message());
      assertTrue(first.config().isAutoRead());
      first.writeInbound(message());
      assertFalse(first.config().isAutoRead());
      first.finishAndReleaseAll();
      assertEquals(2, received);

      EmbeddedChannel again =
          EmbeddedSessions.channel(sessions.accepted(NodeId.parse("10.0.0.1:7001")));
      assertFalse(again.config().isAutoRead());
      again.writeInbound(message());
      assertEquals(2, received);
      again.finishAndReleaseAll();

      EmbeddedChannel other =
          EmbeddedSessions.channel(sessions.accepted(NodeId.parse("10.0.0.2:7000")));
      other.writeInbound(message());
      assertEquals(3, received);
      other.finishAndReleaseAll();
    }
  }

  private static ByteBuf message() {
    return Unpooled.buffer().writeLong(11).writeByte(3).writeLong(1).writeShort(4096);
  }
}
