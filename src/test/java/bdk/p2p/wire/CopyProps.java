package bdk.p2p.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.Broadcast;
import bdk.p2p.message.Command;
import bdk.p2p.message.Message;
import bdk.p2p.message.MessageType;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Broadcasts that arrive while one with their id is in memory. */
class CopyProps {
  private static final int PAYLOAD_BYTES = 10_000;

  private final byte[] payload = randomBytes();
  private final Broadcast original =
      new Broadcast(Command.BROADCAST_BLOCK, ByteBuffer.wrap(payload));
  private final Message next = new Broadcast(Command.of(0x1001), ByteBuffer.allocate(3));

  private static byte[] randomBytes() {
    byte[] bytes = new byte[PAYLOAD_BYTES];
    new Random(7).nextBytes(bytes);
    return bytes;
  }

  /** A message with the original's id and command. */
  private Message like(MessageType type, byte[] otherPayload) {
    return Message.adopt(type, original.id().value(), original.command(), otherPayload.clone());
  }

  private void arrive(DecoderRig rig, Message message, int chunkBytes) {
    byte[] frames = DecoderRig.join(AnyMessage.frameOf(message), AnyMessage.frameOf(next));
    for (int from = 0; from < frames.length; from += chunkBytes) {
      rig.arrive(frames, from, Math.min(frames.length, from + chunkBytes));
    }
    assertEquals(List.of(message, next), rig.messages);
    assertEquals(List.of(), rig.failures);
  }

  @Property(tries = 200)
  void copyIsTheOriginalItselfAndTakesNoMemory(
      @ForAll @IntRange(min = 1, max = 11_000) int chunkBytes) {
    OneOriginal originals = new OneOriginal(original, true);
    try (DecoderRig rig = DecoderRig.frames(originals)) {
      rig.onDelivery(
          delivered -> assertTrue(rig.decoder.heldBytes() <= chunkBytes, "memory of its own"));
      arrive(rig, like(MessageType.BROADCAST, payload), chunkBytes);
      assertSame(original, rig.messages.get(0));
    }
    assertEquals(1, originals.borrowed);
    assertEquals(1, originals.givenBack);
  }

  @Property(tries = 200)
  void oneByteThatDiffersAnywhereMakesItAnother(
      @ForAll @IntRange(min = 1, max = 11_000) int chunkBytes,
      @ForAll @IntRange(max = PAYLOAD_BYTES - 1) int place) {
    OneOriginal originals = new OneOriginal(original, true);
    byte[] altered = payload.clone();
    altered[place] ^= 1;
    try (DecoderRig rig = DecoderRig.frames(originals)) {
      arrive(rig, like(MessageType.BROADCAST, altered), chunkBytes);
    }
    assertEquals(1, originals.borrowed);
    assertEquals(1, originals.givenBack);
  }

  /** It is looked for whenever memory is needed, and once more when the last byte comes. */
  @Property(tries = 200)
  void originalMayComeWhileTheCopyArrives(
      @ForAll @IntRange(min = 1, max = PAYLOAD_BYTES - 2) int before, @ForAll boolean isCopy) {
    OneOriginal originals = new OneOriginal(original, false);
    byte[] arriving = payload.clone();
    arriving[0] = (byte) (isCopy ? arriving[0] : ~arriving[0]);
    byte[] frame = AnyMessage.frameOf(like(MessageType.BROADCAST, arriving));
    int payloadStart = frame.length - PAYLOAD_BYTES;
    try (DecoderRig rig = DecoderRig.frames(originals)) {
      rig.arrive(frame, 0, payloadStart + before);
      assertEquals(before, rig.decoder.heldBytes());
      originals.isThere = true;
      rig.arrive(frame, payloadStart + before, payloadStart + before + 1);
      assertEquals(isCopy, rig.decoder.heldBytes() == 0);
      rig.arrive(frame, payloadStart + before + 1, frame.length);
      assertEquals(like(MessageType.BROADCAST, arriving), rig.messages.get(0));
      assertEquals(isCopy, rig.messages.get(0) == original);
    }
    assertEquals(1, originals.borrowed);
    assertEquals(1, originals.givenBack);
  }

  @Property(tries = 100)
  void originalMayComeWithTheLastByte(@ForAll @IntRange(min = 1, max = 11_000) int chunkBytes) {
    OneOriginal originals = new OneOriginal(original, false);
    byte[] frame = AnyMessage.frameOf(like(MessageType.BROADCAST, payload));
    int last = frame.length - 1;
    try (DecoderRig rig = DecoderRig.frames(originals)) {
      for (int from = 0; from < last; from += chunkBytes) {
        rig.arrive(frame, from, Math.min(last, from + chunkBytes));
      }
      originals.isThere = true;
      rig.arrive(frame, last, frame.length);
      assertSame(original, rig.messages.get(0));
    }
    assertEquals(1, originals.givenBack);
  }

  @Property(tries = 200)
  void withoutAnOriginalItIsPutTogether(@ForAll @IntRange(min = 1, max = 11_000) int chunkBytes) {
    OneOriginal originals = new OneOriginal(original, false);
    try (DecoderRig rig = DecoderRig.frames(originals)) {
      arrive(rig, like(MessageType.BROADCAST, payload), chunkBytes);
    }
    assertEquals(0, originals.borrowed);
  }

  @Property(tries = 100)
  void whatEndsHalfWayIsGivenBack(@ForAll @IntRange(min = 20, max = 10_018) int arrived) {
    OneOriginal originals = new OneOriginal(original, true);
    try (DecoderRig rig = DecoderRig.frames(originals)) {
      rig.arrive(AnyMessage.frameOf(like(MessageType.BROADCAST, payload)), 0, arrived);
      assertEquals(0, rig.decoder.heldBytes());
      assertEquals(1, originals.borrowed);
      assertEquals(0, originals.givenBack);
    }
    assertEquals(1, originals.givenBack);
  }

  @Property(tries = 200)
  void originalOfAnotherNodeIsTheMessage(@ForAll @IntRange(min = 1, max = 11_000) int chunkBytes) {
    OneOriginal originals = new OneOriginal(original, false);
    originals.isElsewhere = true;
    try (DecoderRig rig = DecoderRig.frames(originals)) {
      arrive(rig, like(MessageType.BROADCAST, payload), chunkBytes);
      assertSame(original, rig.messages.get(0));
    }
    assertEquals(0, originals.borrowed);
    assertEquals(1, originals.fromElsewhere);
    assertEquals(1, originals.givenBack);
  }

  /**
   * Whether another node has it, and from when on: the same memory counts, the same is delivered.
   */
  @Property(tries = 1000)
  void originalOfAnotherNodeChangesNothingThatCounts(
      @ForAll @IntRange(min = 1, max = 4_000) int chunkBytes,
      @ForAll @IntRange(max = 2 * PAYLOAD_BYTES) int differs,
      @ForAll @IntRange(max = 2 * PAYLOAD_BYTES) int hereFrom,
      @ForAll @IntRange(max = PAYLOAD_BYTES) int elsewhereFrom) {
    byte[] arriving = payload.clone();
    if (differs < PAYLOAD_BYTES) {
      arriving[differs] ^= 1;
    }
    Message message = like(MessageType.BROADCAST, arriving);
    byte[] frames = DecoderRig.join(AnyMessage.frameOf(message), AnyMessage.frameOf(next));
    OneOriginal alone = new OneOriginal(original, false);
    OneOriginal beside = new OneOriginal(original, false);
    try (DecoderRig one = DecoderRig.frames(alone);
        DecoderRig other = DecoderRig.frames(beside)) {
      for (int from = 0; from < frames.length; from += chunkBytes) {
        alone.isThere = from >= hereFrom;
        beside.isThere = from >= hereFrom;
        beside.isElsewhere = from >= elsewhereFrom;
        int to = Math.min(frames.length, from + chunkBytes);
        one.arrive(frames, from, to);
        other.arrive(frames, from, to);
        assertEquals(one.decoder.heldBytes(), other.decoder.heldBytes());
      }
      assertEquals(List.of(message, next), other.messages);
      assertEquals(one.messages, other.messages);
    }
    assertEquals(alone.borrowed, beside.borrowed);
    assertEquals(beside.borrowed + beside.fromElsewhere, beside.givenBack);
  }

  @Example
  void onlyBroadcastsAreCopies() {
    OneOriginal originals = new OneOriginal(original, true);
    try (DecoderRig rig = DecoderRig.frames(originals)) {
      arrive(rig, like(MessageType.NOTIFICATION, payload), 500);
      assertNotSame(original, rig.messages.get(0));
    }
    assertEquals(0, originals.borrowed);
  }
}
