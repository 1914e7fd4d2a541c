package bdk.p2p.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.Message;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Any bytes, cut anywhere, with pauses anywhere: the messages and the violation are those of a
 * reader that has all bytes at hand, and what is held follows what came.
 *
 * <p>The lowest byte of a message's id says what its handler does: {@code P} pauses, {@code R}
 * pauses and resumes, {@code A} lets the next piece arrive, {@code S} stops.
 */
public final class FrameTarget {
  private static final int LIMIT_BYTES = 600;
  private static final int ROOM_BYTES = 256;
  private static final int BUDGET_BYTES = 60_000;
  private static final int BUDGET_PER_BYTE = 900;

  private final CutStream input;
  private final DecoderRig rig = DecoderRig.frames((type, command) -> LIMIT_BYTES);
  private final PlainFrameReader all;
  private final List<Message> expected;
  private final boolean isStopped;
  private int index;
  private int arrived;
  private long deliveredBytes;
  private boolean isDelivering;

  private FrameTarget(CutStream input) {
    this.input = input;
    all = PlainFrameReader.read(input.stream(), LIMIT_BYTES);
    expected = untilStopped(all.messages());
    isStopped = !expected.isEmpty() && order(expected.get(expected.size() - 1)) == 'S';
  }

  /** Checks everything that must hold for these bytes. */
  public static void fuzzerTestOneInput(byte[] data) {
    CutStream input = CutStream.of(data);
    AllocatedBytes.assertAtMost(
        BUDGET_BYTES + (long) BUDGET_PER_BYTE * data.length, () -> new FrameTarget(input).check());
  }

  private static List<Message> untilStopped(List<Message> messages) {
    List<Message> until = new ArrayList<>();
    for (Message message : messages) {
      until.add(message);
      if (order(message) == 'S') {
        break;
      }
    }
    return until;
  }

  private static int order(Message message) {
    return (int) message.id().value() & 0xff;
  }

  private void check() {
    try (rig) {
      rig.onDelivery(delivered -> onMessage((Message) delivered));
      while (arrived < input.stream().length) {
        CutStream.Arrival arrival = input.arrival(index);
        if (arrival == CutStream.Arrival.PAUSED_BEFORE) {
          rig.decoder.pause();
        }
        byte[] piece = piece();
        int room = arrival == CutStream.Arrival.ROOMY ? ROOM_BYTES : piece.length;
        rig.channel.writeInbound(rig.roomyBuffer(piece, room));
        assertBounds();
        if (arrival == CutStream.Arrival.THEN_RESUMED) {
          rig.decoder.resume();
          assertBounds();
        }
      }
      // Each message may have paused it again.
      for (int resumes = 0; resumes <= expected.size(); resumes++) {
        rig.decoder.resume();
      }
      assertEquals(expected, rig.messages);
      assertOutcome();
    }
  }

  private void onMessage(Message message) {
    assertFalse(isDelivering, "delivered while another message is being delivered");
    isDelivering = true;
    deliveredBytes += FrameEncoder.HEADER_BYTES + message.payloadBytes();
    obey(message);
    isDelivering = false;
  }

  private void obey(Message message) {
    switch (order(message)) {
      case 'P' -> rig.decoder.pause();
      case 'R' -> {
        rig.decoder.pause();
        rig.decoder.resume();
      }
      case 'A' -> {
        if (arrived < input.stream().length) {
          byte[] piece = piece();
          rig.channel.pipeline().fireChannelRead(rig.roomyBuffer(piece, ROOM_BYTES));
        }
      }
      case 'S' -> rig.decoder.stop();
      default -> {}
    }
  }

  private byte[] piece() {
    int from = arrived;
    arrived = input.end(index++, from);
    return Arrays.copyOfRange(input.stream(), from, arrived);
  }

  private void assertBounds() {
    long heldBytes = rig.decoder.heldBytes();
    long undelivered = arrived - deliveredBytes;
    assertTrue(heldBytes <= 2 * undelivered, () -> heldBytes + " held, came: " + undelivered);
    assertTrue(rig.bufferBytes() <= heldBytes, "a buffer is neither held nor released");
    assertEquals(arrived, rig.decoder.bytesRead());
  }

  private void assertOutcome() {
    boolean isViolated = all.isViolated() && !isStopped;
    assertEquals(isViolated ? 1 : 0, rig.failures.size());
    for (Throwable failure : rig.failures) {
      assertEquals(ProtocolViolation.class, failure.getClass());
    }
    if (isViolated || isStopped) {
      assertEquals(0, rig.decoder.heldBytes(), "bytes held after the end");
    }
  }
}
