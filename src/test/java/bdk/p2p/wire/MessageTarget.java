package bdk.p2p.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.BlockRange;
import bdk.p2p.message.Broadcast;
import bdk.p2p.message.Command;
import bdk.p2p.message.Message;
import bdk.p2p.message.MessageId;
import bdk.p2p.message.MessageType;
import bdk.p2p.message.PayloadList;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Any message: it comes back from its frame, and the rules either let it pass, and then its payload
 * can be taken apart and put together again, or name a violation, and then there is one.
 *
 * <p>The bytes are those of a frame without its length; of the type, two bits count.
 */
public final class MessageTarget {
  private static final int PAYLOAD_OFFSET = 11;
  private static final int BUDGET_BYTES = 80_000;
  private static final int BUDGET_PER_BYTE = 400;

  private MessageTarget() {}

  /** Checks everything that must hold for these bytes. */
  public static void fuzzerTestOneInput(byte[] data) {
    if (data.length >= PAYLOAD_OFFSET) {
      AllocatedBytes.assertAtMost(
          BUDGET_BYTES + (long) BUDGET_PER_BYTE * data.length, () -> check(data));
    }
  }

  private static void check(byte[] data) {
    ByteBuffer bytes = ByteBuffer.wrap(data);
    MessageType type = MessageType.values()[bytes.get() & 3];
    long id = bytes.getLong();
    Command command = Command.of(bytes.getShort() & 0xffff);
    byte[] payload = Arrays.copyOfRange(data, PAYLOAD_OFFSET, data.length);
    Message message = Message.adopt(type, id, command, payload);
    assertComesBack(message, data);
    assertRules(message, payload);
    assertBroadcastId(message);
  }

  private static void assertComesBack(Message message, byte[] data) {
    try (DecoderRig rig = DecoderRig.frames()) {
      ByteBuf frame = FrameEncoder.encode(rig.allocator, message);
      byte[] expected = ByteBuffer.allocate(8 + data.length).putLong(data.length).put(data).array();
      expected[8] &= 3;
      assertArrayEquals(expected, ByteBufUtil.getBytes(frame));
      assertEquals(expected.length, FrameEncoder.frameBytes(message));
      rig.channel.writeInbound(frame);
      assertEquals(List.of(message), rig.messages);
      assertEquals(List.of(), rig.failures);
    }
  }

  private static void assertRules(Message message, byte[] payload) {
    boolean isGood = PlainPayload.isGood(message.type(), message.command().code(), payload);
    try {
      PayloadRules.check(message);
    } catch (ProtocolViolation violation) {
      assertFalse(isGood, violation.getMessage());
      assertTrue(violation.getMessage().contains(message.type().toString()));
      assertTrue(violation.getMessage().contains(message.command().toString()));
      return;
    }
    assertTrue(isGood, "a violation is let pass");
    boolean isAnswer = message.type() == MessageType.ANSWER;
    switch (message.command().code()) {
      case 1, 8 -> NodeInfoTarget.assertReadAndWritten(message.payload());
      case 2 -> NodeListTarget.assertReadAndWritten(message.payload());
      case 3, 7 -> assertItems(PayloadList.TRANSACTIONS, message.payload());
      case 9 -> {
        if (isAnswer) {
          assertItems(PayloadList.BLOCKS, message.payload());
        } else {
          assertEquals(message.payload(), BlockRange.decode(message.payload()).encode());
        }
      }
      default -> {}
    }
  }

  private static void assertItems(PayloadList kind, ByteBuffer payload) {
    List<ByteBuffer> items = kind.split(payload);
    assertEquals(kind.check(payload), items.size());
    assertEquals(payload, kind.join(items));
  }

  private static void assertBroadcastId(Message message) {
    Broadcast broadcast = new Broadcast(message.command(), message.payload());
    PayloadRules.checkBroadcastId(broadcast);
    boolean isHash = broadcast.id().equals(message.id());
    assertEquals(MessageId.hashOf(message.payload()), broadcast.id());
    try {
      PayloadRules.checkBroadcastId(message);
      assertTrue(isHash, "a wrong id is let pass");
    } catch (ProtocolViolation violation) {
      assertFalse(isHash, violation.getMessage());
    }
  }
}
