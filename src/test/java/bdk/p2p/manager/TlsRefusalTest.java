package bdk.p2p.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.CloseReason;
import bdk.p2p.message.CloseReason.Code;
import bdk.p2p.message.NodeId;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two nodes that do not belong together: both sides say why. */
@ExtendWith(NoLeaks.class)
@Timeout(60)
class TlsRefusalTest {
  /** What both sides of a dial that came to nothing have said. */
  private record Outcome(CloseReason dialler, CloseReason listener) {}

  private static Outcome meet(TlsOptions dialler, TlsOptions listener) {
    return meet(
        Pair.builder(new Recorder()).tls(dialler),
        new Recorder(),
        builder -> builder.tls(listener));
  }

  private interface Part {
    ManagerBuilder of(ManagerBuilder builder);
  }

  private static Outcome meet(ManagerBuilder dialler, Recorder recorder, Part listener) {
    try (Manager far = listener.of(Pair.builder(recorder)).start();
        Manager near = dialler.start()) {
      NodeId id = far.listening().orElseThrow();
      return new Outcome(dialFails(near.connect(id)), recorder.awaitRefused());
    }
  }

  private static CloseReason dialFails(CompletionStage<Peer> dial) {
    return assertInstanceOf(DialException.class, Await.failure(dial)).reason();
  }

  private static void assertSays(Code code, List<String> words, CloseReason reason) {
    assertEquals(code, reason.code(), reason::toString);
    words.forEach(word -> assertTrue(reason.detail().contains(word), reason::toString));
  }

  @Test
  void listenerOfAnotherAuthorityIsRefused() {
    Outcome outcome = meet(Keys.of("alpha"), Keys.of("stranger"));
    assertSays(
        Code.UNTRUSTED,
        List.of("CN=stranger", "no trusted authority", "issued by CN=other-authority"),
        outcome.dialler());
    assertSays(
        Code.UNTRUSTED,
        List.of("does not accept this node's certificate", "TLS alert certificate_unknown"),
        outcome.listener());
  }

  /** The dialler has taken the TLS handshake for finished when it hears of this. */
  @Test
  void diallerOfAnotherAuthorityIsRefused() {
    for (int round = 0; round < 20; round++) {
      Outcome outcome = meet(trustingBoth("stranger"), Keys.of("alpha"));
      assertSays(
          Code.UNTRUSTED,
          List.of("does not accept this node's certificate", "TLS alert certificate_unknown"),
          outcome.dialler());
      assertSays(Code.UNTRUSTED, List.of("CN=stranger", "no trusted"), outcome.listener());
    }
  }

  private static TlsOptions trustingBoth(String who) {
    return Keys.keyOf(who)
        .authorities(Keys.file("authority.pem"))
        .authorities(Keys.file("other-authority.pem"))
        .build();
  }

  @Test
  void expiredCertificatesAreRefused() {
    Outcome outcome = meet(Keys.of("expired"), Keys.of("alpha"));
    assertSays(
        Code.UNTRUSTED,
        List.of("does not accept", ": it has expired at 2002-01-01T00:00:00Z"),
        outcome.dialler());
    assertSays(
        Code.UNTRUSTED, List.of("CN=expired", "has expired at 2002-01-01"), outcome.listener());
    outcome = meet(Keys.of("alpha"), Keys.of("expired"));
    assertSays(Code.UNTRUSTED, List.of("has expired at 2002-01-01"), outcome.dialler());
    assertSays(Code.UNTRUSTED, List.of(": it has expired at 2002-01-01"), outcome.listener());
  }

  @Test
  void certificatesOfTheFutureAreRefused() {
    Outcome outcome = meet(Keys.of("early"), Keys.of("alpha"));
    assertSays(Code.UNTRUSTED, List.of(": it is not valid before 2110-01-01"), outcome.dialler());
    assertSays(Code.UNTRUSTED, List.of("is not valid before 2110-01-01"), outcome.listener());
    outcome = meet(Keys.of("alpha"), Keys.of("early"));
    assertSays(Code.UNTRUSTED, List.of("is not valid before 2110-01-01"), outcome.dialler());
    assertSays(Code.UNTRUSTED, List.of(": it is not valid before 2110"), outcome.listener());
  }

  @Test
  void certificateThatIsNotForItsUseIsRefused() {
    Outcome outcome = meet(Keys.of("server-only"), Keys.of("alpha"));
    assertSays(Code.UNTRUSTED, List.of("must not be used by a TLS client"), outcome.listener());
  }

  @Test
  void keyThatIsNotPinnedIsRefused() {
    TlsOptions choosy = Keys.keyOf("alpha").pin(Keys.of("beta").identity()).build();
    Outcome outcome = meet(Keys.of("gamma"), choosy);
    assertSays(
        Code.UNTRUSTED,
        List.of("is of identity " + Keys.of("gamma").identity(), "not pinned"),
        outcome.listener());
  }

  @Test
  void anotherNetworkIsRefused() {
    TlsOptions main =
        TlsOptions.network("main")
            .pkcs12(Keys.pkcs12("beta"), Keys.PASSWORD)
            .authorities(Keys.file("authority.pem"))
            .build();
    Outcome outcome = meet(Keys.of("alpha"), main);
    assertSays(
        Code.WRONG_NETWORK,
        List.of("this node is of network bdk/test/1", "no_application_protocol"),
        outcome.dialler());
    assertSays(
        Code.WRONG_NETWORK,
        List.of("this node is of network bdk/main/1, the peer offers bdk/test/1"),
        outcome.listener());
  }

  @Test
  void plaintextPeerOnATlsPortIsRefused() {
    Recorder recorder = new Recorder();
    Outcome outcome =
        meet(Pair.builder(new Recorder()), recorder, builder -> builder.tls(Keys.of("beta")));
    assertSays(
        Code.TLS_MISMATCH,
        List.of("the peer speaks TLS, this node does not", "0x15"),
        outcome.dialler());
    assertSays(
        Code.TLS_MISMATCH,
        List.of("this node speaks TLS, the peer does not", "first byte is 0x00"),
        outcome.listener());
  }

  @Test
  void tlsPeerOnAPlaintextPortIsRefused() {
    Outcome outcome =
        meet(
            Pair.builder(new Recorder()).tls(Keys.of("alpha")), new Recorder(), builder -> builder);
    assertSays(
        Code.TLS_MISMATCH,
        List.of("this node speaks TLS, the peer does not", "first byte is 0x00"),
        outcome.dialler());
    assertSays(
        Code.TLS_MISMATCH,
        List.of("the peer speaks TLS, this node does not", "first byte is 0x16"),
        outcome.listener());
  }

  @Test
  void anotherIdentityThanExpectedIsRefused() {
    Recorder recorder = new Recorder();
    try (Manager far = Keys.as("beta").apply(Pair.builder(recorder)).start();
        Manager near = Keys.as("alpha").apply(Pair.builder(new Recorder())).start()) {
      NodeId id = far.listening().orElseThrow();
      String words =
          "identity %s was expected there, found %s"
              .formatted(Keys.of("gamma").identity(), Keys.of("beta").identity());
      Recorder.assertReason(
          Code.WRONG_IDENTITY, words, dialFails(near.connect(id, Keys.of("gamma").identity())));
      assertSays(Code.UNTRUSTED, List.of("does not accept"), recorder.awaitRefused());
      Await.value(near.connect(id, Keys.of("beta").identity()));
      // Connected by now, and still nobody else.
      Recorder.assertReason(
          Code.WRONG_IDENTITY, words, dialFails(near.connect(id, Keys.of("gamma").identity())));
    }
  }
}
