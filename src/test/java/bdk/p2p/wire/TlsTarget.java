package bdk.p2p.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.identity.TlsRefusal;
import bdk.p2p.message.CloseReason.Code;
import bdk.p2p.message.PeerIdentity;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The records of TLS. Either any bytes, cut anywhere, reach one end; or two ends meet, and somebody
 * between them does with the records of one what the bytes order ({@link TlsTamperer}). Nothing is
 * delivered but what a proved peer has said, in its order, and nothing after a failure; each
 * failure is one that a session knows; no buffer stays.
 *
 * <p>Flags: 1 two ends meet; 2 the bytes reach the end that has dialled; from 4 on who dials, see
 * {@link Dialler}.
 */
public final class TlsTarget {
  /** Who dials, and what must become of it. */
  private enum Dialler {
    TRUSTED(TlsEnd.Who.ALPHA, TlsEnd.NETWORK, TlsEnd.Who.BETA, null),
    VOUCHED(TlsEnd.Who.GAMMA, TlsEnd.NETWORK, TlsEnd.Who.BETA, null),
    STRANGER(TlsEnd.Who.STRANGER, TlsEnd.NETWORK, TlsEnd.Who.BETA, Code.UNTRUSTED),
    EXPIRED(TlsEnd.Who.EXPIRED, TlsEnd.NETWORK, TlsEnd.Who.BETA, Code.UNTRUSTED),
    ELSEWHERE(TlsEnd.Who.ALPHA, "other", TlsEnd.Who.BETA, Code.WRONG_NETWORK),
    MISTAKEN(TlsEnd.Who.ALPHA, TlsEnd.NETWORK, TlsEnd.Who.ALPHA, Code.WRONG_IDENTITY);

    private final TlsEnd.Who who;
    private final String network;
    private final PeerIdentity expected;
    private final Code refusal;

    Dialler(TlsEnd.Who who, String network, TlsEnd.Who expected, Code refusal) {
      this.who = who;
      this.network = network;
      this.expected = expected.credentials.identity();
      this.refusal = refusal;
    }

    TlsEnd end() {
      return new TlsEnd(who, network, true, Optional.of(expected));
    }
  }

  private static final int MEET = 1;
  private static final int TO_DIALLER = 2;
  private static final int DIALLER_SHIFT = 2;
  private static final int HANDSHAKE_RECORD = 0x16;
  private static final byte[] UNEXPECTED_MESSAGE = {0x15, 3, 3, 0, 2, 2, 10};
  private static final byte[] GREETING = {0, 0x7a, 0x69};
  private static final int ROOM_BYTES = 2048;
  private static final int ROUNDS = 200;

  /** What a handshake takes at one end, and two of them. */
  private static final int BUDGET_BYTES = 800_000;

  private static final int MEETING_BUDGET_BYTES = 1_800_000;
  private static final int BUDGET_PER_BYTE = 3_000;

  private final byte[] data;
  private final boolean reachesDialler;
  private final Dialler dialler;

  private TlsTarget(byte[] data) {
    int flags = data.length == 0 ? 0 : data[0] & 0xff;
    this.data = data;
    this.reachesDialler = (flags & TO_DIALLER) != 0;
    this.dialler = Dialler.values()[(flags >> DIALLER_SHIFT) % Dialler.values().length];
  }

  /** Checks everything that must hold for these bytes. */
  public static void fuzzerTestOneInput(byte[] data) {
    boolean isMeeting = data.length > 0 && (data[0] & MEET) != 0;
    AllocatedBytes.assertAtMost(
        (isMeeting ? MEETING_BUDGET_BYTES : BUDGET_BYTES) + (long) BUDGET_PER_BYTE * data.length,
        () -> {
          if (isMeeting) {
            new TlsTarget(data).meet();
          } else {
            new TlsTarget(data).listen();
          }
        });
  }

  private static TlsEnd acceptor() {
    return new TlsEnd(TlsEnd.Who.BETA, TlsEnd.NETWORK, false, Optional.empty());
  }

  /** Any bytes; a recorded handshake among them comes to an end, because secrets repeat. */
  private void listen() {
    CutStream input = CutStream.of(data);
    byte[] stream = input.stream();
    byte[] written = {};
    TlsEnd end = reachesDialler ? dialler.end() : acceptor();
    try (end) {
      end.say(GREETING);
      int arrived = 0;
      for (int index = 0; arrived < stream.length && end.line.isOpen(); index++) {
        int next = input.end(index, arrived);
        boolean isRoomy = input.arrival(index) == CutStream.Arrival.ROOMY;
        end.arrive(Arrays.copyOfRange(stream, arrived, next), isRoomy ? ROOM_BYTES : 0);
        written = DecoderRig.join(written, end.written());
        arrived = next;
      }
    }
    PeerIdentity other =
        (reachesDialler ? TlsEnd.Who.BETA : TlsEnd.Who.ALPHA).credentials.identity();
    assertTrue(end.identities.isEmpty() || end.identities.equals(List.of(other)));
    if (!reachesDialler && stream.length > 0 && stream[0] != HANDSHAKE_RECORD) {
      assertRefused(Code.TLS_MISMATCH, end);
      assertArrayEquals(UNEXPECTED_MESSAGE, Arrays.copyOf(written, UNEXPECTED_MESSAGE.length));
    }
  }

  private static void assertRefused(Code code, TlsEnd end) {
    assertEquals(List.of(), end.delivered);
    assertTrue(!end.failures.isEmpty(), "it was not refused");
    TlsRefusal refusal = assertInstanceOf(TlsRefusal.class, end.failures.get(0));
    assertEquals(code, refusal.reason().code(), refusal::toString);
  }

  private void meet() {
    TlsEnd accepting = acceptor();
    TlsEnd dialling = dialler.end();
    TlsTamperer tamperer = new TlsTamperer(Arrays.copyOfRange(data, 1, data.length));
    try (accepting;
        dialling) {
      dialling.say(GREETING);
      accepting.say(GREETING);
      dialling.say(RealFrame.PING_REQUEST.bytes());
      accepting.say(RealFrame.NODES_ANSWER_V4.bytes());
      carry(dialling, accepting, tamperer);
    }
    boolean isWhole = !tamperer.hasAltered() && dialler.refusal == null;
    assertGot(dialling, accepting, isWhole);
    assertGot(accepting, dialling, isWhole);
    if (isWhole && tamperer.hasEnded() && !other(accepting, dialling).saysNonsense()) {
      assertEquals(List.of(), victim(accepting, dialling).failures);
    }
    if (dialler.refusal != null) {
      TlsEnd refuser = dialler == Dialler.MISTAKEN ? dialling : accepting;
      assertEquals(List.of(), refuser.identities, "proved by " + dialler);
      assertEquals(List.of(), refuser.delivered);
      if (!tamperer.hasAltered()) {
        assertRefused(dialler.refusal, refuser);
      }
    }
  }

  private TlsEnd victim(TlsEnd accepting, TlsEnd dialling) {
    return reachesDialler ? dialling : accepting;
  }

  private TlsEnd other(TlsEnd accepting, TlsEnd dialling) {
    return reachesDialler ? accepting : dialling;
  }

  /** Until nothing more is on its way; who has hung up is heard of as the end of the connection. */
  private void carry(TlsEnd dialling, TlsEnd accepting, TlsTamperer tamperer) {
    TlsEnd victim = victim(accepting, dialling);
    TlsEnd other = other(accepting, dialling);
    for (int round = 0; ; round++) {
      assertTrue(round < ROUNDS + data.length, "no end of it");
      byte[] there = other.written();
      tamperer.pass(there, other, victim);
      byte[] back = victim.written();
      if (back.length > 0) {
        other.arrive(back, 0);
      }
      if (there.length == 0 && back.length == 0 && !tamperer.goesOn(other, victim)) {
        break;
      }
      hangUpAfter(other, victim);
      hangUpAfter(victim, other);
    }
  }

  private static void hangUpAfter(TlsEnd one, TlsEnd other) {
    if (one.hasHungUp() && one.line.outboundMessages().isEmpty() && other.line.isOpen()) {
      other.hangUp();
    }
  }

  private void assertGot(TlsEnd speaker, TlsEnd listener, boolean isWhole) {
    List<Object> expected = speaker.expected();
    List<Object> got = listener.delivered;
    assertTrue(
        got.size() <= expected.size() && got.equals(expected.subList(0, got.size())),
        () -> "said: " + expected + ", got: " + got);
    PeerIdentity identity = speaker.who.credentials.identity();
    assertTrue(listener.identities.isEmpty() || listener.identities.equals(List.of(identity)));
    if (isWhole) {
      assertEquals(List.of(identity), listener.identities);
      if (!speaker.saysNonsense() && !listener.saysNonsense()) {
        assertEquals(expected, got);
      }
    }
  }
}
