package bdk.p2p.wire;

import static bdk.p2p.wire.RealFrame.hex;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.Command;
import bdk.p2p.message.Message;
import bdk.p2p.message.MessageType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bounds of a frame, just at and just beyond. */
class FrameBoundsTest {
  private static final String PING_REST = "00 1122334455667788 0000";

  @ParameterizedTest
  @CsvSource({
    "0000000000000000, 0, below the minimum of 11",
    "0000000000000001, 1, below the minimum of 11",
    "000000000000000a, 10, below the minimum of 11",
    "0000000008000001, 134217729, above the maximum of 134217728",
    "0000000100000000, 4294967296, above the maximum of 134217728",
    "000000010000000b, 4294967307, above the maximum of 134217728",
    "7fffffffffffffff, 9223372036854775807, above the maximum of 134217728",
    "8000000000000000, 9223372036854775808, above the maximum of 134217728",
    "800000000000000b, 9223372036854775819, above the maximum of 134217728",
    "ffffffffffffffff, 18446744073709551615, above the maximum of 134217728"
  })
  void lengthOutOfBoundsIsFoundAtItsLastByte(String length, String number, String breach) {
    byte[] bytes = hex(length);
    try (DecoderRig rig = DecoderRig.frames()) {
      rig.arriveOneByOne(hex(length.substring(0, 14)));
      assertEquals(List.of(), rig.failures);
      rig.arrive(bytes, 7, 8);
      assertViolation(rig, "frame length " + number + " is " + breach + " bytes");
    }
  }

  @Test
  void smallestLengthIsAFrameWithoutPayload() {
    try (DecoderRig rig = DecoderRig.frames()) {
      rig.arrive(hex("000000000000000b" + PING_REST));
      assertEquals(List.of(RealFrame.PING_REQUEST.message()), rig.messages);
    }
  }

  @Test
  void largestLengthReservesNothingUntilBytesCome() {
    try (DecoderRig rig = DecoderRig.frames()) {
      rig.arrive(hex("0000000008000000" + PING_REST));
      assertEquals(List.of(), rig.failures);
      assertEquals(0, rig.decoder.heldBytes());
    }
  }

  @Test
  void largestFrameIsDelivered() {
    byte[] payload = new byte[FrameEncoder.MAX_PAYLOAD_BYTES];
    payload[payload.length - 1] = 1;
    ByteBuf frame =
        Unpooled.wrappedBuffer(hex("0000000008000000 03 1122334455667788 ffff"), payload);
    try (DecoderRig rig = DecoderRig.frames()) {
      rig.channel.writeInbound(frame);
      Message expected =
          Message.adopt(MessageType.NOTIFICATION, 0x1122334455667788L, Command.of(65535), payload);
      assertTrue(rig.messages.equals(List.of(expected)));
      assertEquals(0, frame.refCnt());
    }
  }

  @Test
  void messageBeyondTheLargestFrameIsNotEncoded() {
    Message message =
        Message.adopt(
            MessageType.ANSWER, 1, Command.of(4096), new byte[FrameEncoder.MAX_PAYLOAD_BYTES + 1]);
    assertThrows(IllegalArgumentException.class, () -> FrameEncoder.frameBytes(message));
    DecoderRig rig = DecoderRig.frames();
    assertThrows(IllegalArgumentException.class, () -> FrameEncoder.encode(rig.allocator, message));
    rig.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5, 127, 128, 255})
  void unknownTypeIsFoundAtItsByte(int type) {
    byte[] bytes = hex("000000000000000b" + String.format("%02x", type));
    try (DecoderRig rig = DecoderRig.frames()) {
      rig.arrive(bytes, 0, 8);
      assertEquals(List.of(), rig.failures);
      rig.arrive(bytes, 8, 9);
      assertViolation(rig, "frame type " + type + " is not within 0 to 3");
    }
  }

  @Test
  void payloadBeyondTheLimitIsFoundAtTheLastByteOfTheHeader() {
    FrameLimits limits =
        (type, command) -> type == MessageType.BROADCAST && command.code() == 5 ? 3 : 9;
    byte[] bytes = RealFrame.BROADCAST_TX.bytes();
    try (DecoderRig rig = DecoderRig.frames(limits)) {
      rig.arrive(bytes, 0, 18);
      assertEquals(List.of(), rig.failures);
      rig.arrive(bytes, 18, 19);
      assertViolation(
          rig, "BROADCAST BroadcastTx: payload of 4 bytes is above the limit of 3 bytes");
      assertEquals(0, rig.decoder.heldBytes());
    }
  }

  @Test
  void payloadAtTheLimitIsDelivered() {
    FrameLimits limits =
        (type, command) -> type == MessageType.BROADCAST && command.code() == 5 ? 4 : 0;
    try (DecoderRig rig = DecoderRig.frames(limits)) {
      rig.arrive(RealFrame.BROADCAST_TX.bytes());
      assertEquals(List.of(RealFrame.BROADCAST_TX.message()), rig.messages);
    }
  }

  @Test
  void limitIsAskedForTheCommandOfTheFrame() {
    FrameLimits limits =
        (type, command) -> type == MessageType.REQUEST && command.code() == 65535 ? 1 : 0;
    try (DecoderRig rig = DecoderRig.frames(limits)) {
      rig.arrive(hex("000000000000000c 00 1122334455667788 ffff aa"));
      assertEquals(1, rig.messages.size());
      rig.arrive(hex("000000000000000c 00 1122334455667788 fffe aa"));
      assertViolation(
          rig, "REQUEST Command 65534: payload of 1 bytes is above the limit of 0 bytes");
    }
  }

  private static void assertViolation(DecoderRig rig, String message) {
    assertEquals(1, rig.failures.size());
    assertEquals(ProtocolViolation.class, rig.failures.get(0).getClass());
    assertEquals(message, rig.failures.get(0).getMessage());
    assertEquals(0, rig.failures.get(0).getStackTrace().length);
  }
}
