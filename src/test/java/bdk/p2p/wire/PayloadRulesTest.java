package bdk.p2p.wire;

import static bdk.p2p.wire.RealFrame.hex;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import bdk.p2p.message.Broadcast;
import bdk.p2p.message.Command;
import bdk.p2p.message.Message;
import bdk.p2p.message.MessageType;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadRulesTest {
  private static final byte[] NOTHING = {};
  private static final byte[] INFO = RealFrame.INFO_REQUEST.payload();
  private static final byte[] RANGE = RealFrame.BLOCK_REQUEST.payload();

  private static Message message(MessageType type, int code, byte[] payload) {
    return Message.adopt(type, 1, Command.of(code), payload);
  }

  private static void assertGood(MessageType type, int code, byte[] payload) {
    assertDoesNotThrow(() -> PayloadRules.check(message(type, code, payload)));
  }

  private static String violation(MessageType type, int code, byte[] payload) {
    return assertThrows(
            ProtocolViolation.class, () -> PayloadRules.check(message(type, code, payload)))
        .getMessage();
  }

  /** A row says with which types a command may come: request, answer, broadcast, notification. */
  @ParameterizedTest
  @CsvSource({
    "0, Ping,                 true,  true,  false, false",
    "1, Info,                 true,  true,  false, false",
    "2, RequestNodes,         true,  true,  false, false",
    "3, RequestValidatorTxs,  true,  true,  false, false",
    "4, BroadcastValidatorTx, false, false, true,  false",
    "5, BroadcastTx,          false, false, true,  false",
    "6, BroadcastBlock,       false, false, true,  false",
    "7, RequestTxs,           true,  true,  false, false",
    "8, NotifyInfo,           false, false, false, true",
    "9, RequestBlock,         true,  true,  false, false"
  })
  void commandsComeWithTheirTypesOnly(
      int code,
      String name,
      boolean request,
      boolean answer,
      boolean broadcast,
      boolean notification) {
    boolean[] allowed = {request, answer, broadcast, notification};
    for (MessageType type : MessageType.values()) {
      byte[] payload = goodPayload(type, code);
      if (allowed[type.code()]) {
        assertGood(type, code, payload);
      } else {
        assertEquals(name + " cannot be of type " + type, violation(type, code, payload));
      }
    }
  }

  private static byte[] goodPayload(MessageType type, int code) {
    return switch (code) {
      case 1, 8 -> INFO;
      case 9 -> type == MessageType.REQUEST ? RANGE : NOTHING;
      default -> NOTHING;
    };
  }

  @ParameterizedTest
  @EnumSource
  void commandsOfTheApplicationMayBeAnything(MessageType type) {
    for (int code : new int[] {10, 11, 4095, Command.FIRST_FREE, 65535}) {
      assertGood(type, code, NOTHING);
      assertGood(type, code, hex("00ff"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "REQUEST, 0, Ping",
    "ANSWER, 0, Ping",
    "REQUEST, 2, RequestNodes",
    "REQUEST, 3, RequestValidatorTxs",
    "REQUEST, 7, RequestTxs"
  })
  void payloadOnAnEmptyCommandIsAViolation(MessageType type, int code, String name) {
    assertGood(type, code, NOTHING);
    assertEquals(
        type + " " + name + ": a payload of 1 bytes where it has 0",
        violation(type, code, new byte[1]));
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5, 6})
  void broadcastsMayHaveAnyPayload(int code) {
    assertGood(MessageType.BROADCAST, code, NOTHING);
    assertGood(MessageType.BROADCAST, code, hex("deadbeef"));
  }

  @ParameterizedTest
  @CsvSource({"REQUEST, 1, Info", "ANSWER, 1, Info", "NOTIFICATION, 8, NotifyInfo"})
  void nodeInfoIsChecked(MessageType type, int code, String name) {
    assertGood(type, code, INFO);
    assertGood(type, code, Arrays.copyOf(INFO, 56));
    assertEquals(
        type + " " + name + ": a node info of 55 bytes is below the minimum of 56 bytes",
        violation(type, code, Arrays.copyOf(INFO, 55)));
    assertEquals(
        type + " " + name + ": the entry at offset 8 of the node list is cut off: 19 bytes of 20",
        violation(type, code, Arrays.copyOf(INFO, INFO.length - 1)));
  }

  @Test
  void nodeListInAnAnswerIsChecked() {
    byte[] list = RealFrame.NODES_ANSWER_V4_AND_V6.payload();
    assertGood(MessageType.ANSWER, 2, NOTHING);
    assertGood(MessageType.ANSWER, 2, list);
    assertEquals(
        "ANSWER RequestNodes: the entry at offset 8 of the node list is cut off: 19 bytes of 20",
        violation(MessageType.ANSWER, 2, Arrays.copyOf(list, 27)));
  }

  @ParameterizedTest
  @CsvSource({"3, RequestValidatorTxs", "7, RequestTxs"})
  void transactionListInAnAnswerIsChecked(int code, String name) {
    assertGood(MessageType.ANSWER, code, NOTHING);
    assertGood(MessageType.ANSWER, code, hex("00000000"));
    assertGood(MessageType.ANSWER, code, hex("00000004deadbeef 00000001aa 00000000"));
    assertEquals(
        "ANSWER " + name + ": an item of 4 bytes at offset 5 is longer than the 3 bytes left",
        violation(MessageType.ANSWER, code, hex("00000001aa 00000004deadbe")));
    assertEquals(
        "ANSWER " + name + ": a length of 4 bytes is cut off at offset 5",
        violation(MessageType.ANSWER, code, hex("00000001aa 000000")));
    assertEquals(
        "ANSWER "
            + name
            + ": an item of 4294967295 bytes at offset 0 is longer than the 1 bytes left",
        violation(MessageType.ANSWER, code, hex("ffffffff aa")));
  }

  @Test
  void blockListInAnAnswerIsChecked() {
    assertGood(MessageType.ANSWER, 9, NOTHING);
    assertGood(MessageType.ANSWER, 9, hex("0000000000000001aa 0000000000000000"));
    assertEquals(
        "ANSWER RequestBlock: an item of 2 bytes at offset 9 is longer than the 1 bytes left",
        violation(MessageType.ANSWER, 9, hex("0000000000000001aa 0000000000000002bb")));
    assertEquals(
        "ANSWER RequestBlock: a length of 8 bytes is cut off at offset 9",
        violation(MessageType.ANSWER, 9, hex("0000000000000001aa 00000000000000")));
    assertEquals(
        "ANSWER RequestBlock: an item of 9223372036854775808 bytes at offset 0"
            + " is longer than the 1 bytes left",
        violation(MessageType.ANSWER, 9, hex("8000000000000000aa")));
    assertEquals(
        "ANSWER RequestBlock: an item of 4294967297 bytes at offset 0"
            + " is longer than the 1 bytes left",
        violation(MessageType.ANSWER, 9, hex("0000000100000001aa")));
  }

  @Test
  void blockRequestHasTwentyFourBytes() {
    assertGood(MessageType.REQUEST, 9, RANGE);
    for (int size : new int[] {0, 23, 25}) {
      assertEquals(
          "REQUEST RequestBlock: a payload of " + size + " bytes where it has 24",
          violation(MessageType.REQUEST, 9, Arrays.copyOf(RANGE, size)));
    }
  }

  @Test
  void broadcastIdIsTheHashOfThePayload() {
    PayloadRules.checkBroadcastId(RealFrame.BROADCAST_TX.message());
    PayloadRules.checkBroadcastId(
        new Broadcast(Command.of(4096), ByteBuffer.wrap(hex("cafebabe"))));
  }

  @Test
  void broadcastWithAnotherIdIsAViolation() {
    Message forged =
        Message.adopt(
            MessageType.BROADCAST,
            0x940880c104c19e02L,
            Command.BROADCAST_TRANSACTION,
            hex("deadbeef"));
    ProtocolViolation violation =
        assertThrows(ProtocolViolation.class, () -> PayloadRules.checkBroadcastId(forged));
    assertEquals(
        "broadcast id 940880c104c19e02 is not the hash of the payload, 940880c104c19e03",
        violation.getMessage());
  }
}
