package bdk.p2p.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.Message;
import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsCoverage;

/** What holds for every sequence of bytes, however it is cut and paused. */
class FrameDecoderProps {
  private static final int LIMIT_BYTES = 200;
  private static final FrameLimits LIMITS = (type, command) -> LIMIT_BYTES;

  @Property
  void everyMessageComesBackFromItsFrame(@ForAll("message") Message message) {
    try (DecoderRig rig = DecoderRig.frames()) {
      rig.channel.writeInbound(FrameEncoder.encode(rig.allocator, message));
      assertEquals(List.of(message), rig.messages);
    }
  }

  @Property
  void everyCuttingGivesTheSameMessages(
      @ForAll("messages") List<Message> messages,
      @ForAll @Size(max = 30) List<@IntRange(min = 0, max = 2000) Integer> places) {
    byte[] bytes = framesOf(messages);
    try (DecoderRig rig = DecoderRig.frames(LIMITS)) {
      rig.arriveCutAt(bytes, within(places, bytes.length));
      assertEquals(messages, rig.messages);
      assertEquals(List.of(), rig.failures);
      assertEquals(bytes.length, rig.decoder.bytesRead());
      assertEquals(0, rig.decoder.heldBytes());
    }
  }

  @Property
  void anyBytesGiveMessagesAndAtMostOneViolation(
      @ForAll("anyBytes") byte[] bytes,
      @ForAll @Size(max = 10) List<@IntRange(min = 0, max = 500) Integer> places) {
    PlainFrameReader expected = PlainFrameReader.read(bytes, LIMIT_BYTES);
    Statistics.label("messages, violation")
        .collect(!expected.messages().isEmpty(), expected.isViolated())
        .coverage(FrameDecoderProps::everyCombinationOccurs);
    try (DecoderRig rig = DecoderRig.frames(LIMITS)) {
      rig.arriveCutAt(bytes, within(places, bytes.length));
      assertEquals(expected.messages(), rig.messages);
      assertOneViolation(rig, expected.isViolated());
    }
  }

  @Property
  void bytesThatTurnBadDeliverExactlyTheGoodMessagesBefore(
      @ForAll("messages") List<Message> messages,
      @ForAll("badStart") byte[] bad,
      @ForAll("anyBytes") byte[] after,
      @ForAll @Size(max = 10) List<@IntRange(min = 0, max = 2000) Integer> places) {
    byte[] bytes = DecoderRig.join(framesOf(messages), bad, after);
    try (DecoderRig rig = DecoderRig.frames(LIMITS)) {
      rig.arriveCutAt(bytes, within(places, bytes.length));
      rig.arrive(framesOf(messages));
      assertEquals(messages, rig.messages);
      assertOneViolation(rig, true);
      assertEquals(0, rig.decoder.heldBytes());
      assertEquals(0, rig.bufferBytes());
    }
  }

  private static void everyCombinationOccurs(StatisticsCoverage coverage) {
    coverage.check(true, true).percentage(share -> share > 10);
    coverage.check(true, false).percentage(share -> share > 10);
    coverage.check(false, true).percentage(share -> share > 5);
  }

  private static void assertOneViolation(DecoderRig rig, boolean isViolated) {
    assertEquals(isViolated ? 1 : 0, rig.failures.size());
    assertTrue(rig.failures.stream().allMatch(ProtocolViolation.class::isInstance));
  }

  @Property
  void pausesAndResumesAnywhereLoseNothingAndKeepTheOrder(
      @ForAll("messages") List<Message> messages,
      @ForAll @Size(max = 30) List<@IntRange(min = 0, max = 2000) Integer> places,
      @ForAll @Size(min = 1, max = 20) List<Boolean> pausesAfterMessage,
      @ForAll @Size(min = 1, max = 20) List<Boolean> resumesAfterChunk) {
    byte[] bytes = framesOf(messages);
    try (DecoderRig rig = DecoderRig.frames(LIMITS)) {
      boolean[] paused = {false};
      rig.onDelivery(
          delivered -> {
            assertEquals(false, paused[0], "delivered while paused");
            if (cyclic(pausesAfterMessage, rig.messages.size())) {
              paused[0] = true;
              rig.decoder.pause();
            }
          });
      int from = 0;
      int[] cuts = within(places, bytes.length);
      for (int index = 0; index <= cuts.length; index++) {
        int to = index < cuts.length ? cuts[index] : bytes.length;
        rig.arrive(bytes, from, to);
        from = to;
        if (cyclic(resumesAfterChunk, index)) {
          paused[0] = false;
          rig.decoder.resume();
        }
      }
      for (int resumes = 0; resumes <= messages.size(); resumes++) {
        paused[0] = false;
        rig.decoder.resume();
      }
      assertEquals(messages, rig.messages);
      assertEquals(0, rig.decoder.heldBytes());
      assertEquals(0, rig.bufferBytes());
    }
  }

  private static boolean cyclic(List<Boolean> choices, int index) {
    return choices.get(index % choices.size());
  }

  @Property
  void heldBytesAreAtMostTwiceWhatCameWhateverIsClaimed(
      @ForAll @IntRange(min = 5000, max = FrameEncoder.MAX_PAYLOAD_BYTES) int claimedBytes,
      @ForAll @Size(max = 30) List<@IntRange(min = 0, max = 4999) Integer> places) {
    try (DecoderRig rig = DecoderRig.frames()) {
      rig.arrive(headerOf(claimedBytes));
      assertEquals(0, rig.decoder.heldBytes());
      byte[] payload = new byte[4999];
      int from = 0;
      for (int to : within(places, payload.length)) {
        rig.arrive(payload, from, to);
        from = to;
        assertTrue(rig.decoder.heldBytes() >= to);
        assertTrue(rig.decoder.heldBytes() <= 2L * to);
      }
    }
  }

  private static byte[] headerOf(int payloadBytes) {
    return ByteBuffer.allocate(FrameEncoder.HEADER_BYTES)
        .putLong(FrameEncoder.MIN_LENGTH + payloadBytes)
        .array();
  }

  private static byte[] framesOf(List<Message> messages) {
    return DecoderRig.join(messages.stream().map(AnyMessage::frameOf).toArray(byte[][]::new));
  }

  private static int[] within(List<Integer> places, int size) {
    return places.stream().mapToInt(place -> Math.min(place, size)).sorted().toArray();
  }

  @Provide
  Arbitrary<Message> message() {
    return AnyMessage.upTo(3000);
  }

  @Provide
  Arbitrary<List<Message>> messages() {
    return AnyMessage.upTo(LIMIT_BYTES).list().ofMaxSize(10);
  }

  /** Good frames, good frames with one byte changed, lengths near the bounds, and noise. */
  @Provide
  Arbitrary<byte[]> anyBytes() {
    Arbitrary<byte[]> good = AnyMessage.upTo(LIMIT_BYTES + 1).map(AnyMessage::frameOf);
    Arbitrary<byte[]> changed =
        Combinators.combine(good, Arbitraries.integers().between(0, 18), Arbitraries.bytes())
            .as(FrameDecoderProps::withByte);
    return Arbitraries.frequencyOf(
            Tuple.of(8, good),
            Tuple.of(3, changed),
            Tuple.of(1, length()),
            Tuple.of(1, AnyMessage.bytes(40)))
        .list()
        .ofMaxSize(8)
        .map(parts -> DecoderRig.join(parts.toArray(byte[][]::new)));
  }

  private static byte[] withByte(byte[] bytes, int index, byte value) {
    byte[] changed = bytes.clone();
    changed[index] = value;
    return changed;
  }

  private static Arbitrary<byte[]> length() {
    List<Long> bounds =
        List.of(0L, 10L, 11L, 12L, 134217727L, 134217728L, 134217729L, Long.MAX_VALUE, -1L);
    return Arbitraries.oneOf(Arbitraries.of(bounds), Arbitraries.longs())
        .map(length -> ByteBuffer.allocate(8).putLong(length).array());
  }

  /** The shortest starts of frames that are violations. */
  @Provide
  Arbitrary<byte[]> badStart() {
    Arbitrary<byte[]> badLength =
        Arbitraries.oneOf(
                Arbitraries.longs().between(0, 10),
                Arbitraries.longs().greaterOrEqual(134217729L),
                Arbitraries.longs().lessOrEqual(-1))
            .map(length -> ByteBuffer.allocate(8).putLong(length).array());
    Arbitrary<byte[]> badType =
        Arbitraries.integers()
            .between(4, 255)
            .map(type -> ByteBuffer.allocate(9).putLong(11).put((byte) (int) type).array());
    Arbitrary<byte[]> tooLarge =
        Arbitraries.integers()
            .between(LIMIT_BYTES + 1, FrameEncoder.MAX_PAYLOAD_BYTES)
            .map(FrameDecoderProps::headerOf);
    return Arbitraries.oneOf(badLength, badType, tooLarge);
  }
}
