package bdk.p2p.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.CloseReason.Code;
import bdk.p2p.message.Command;
import bdk.p2p.message.MessageType;
import bdk.p2p.message.NodeId;
import bdk.p2p.message.NodeType;
import bdk.p2p.message.RequestOutcome;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an application may say of one command. */
@ExtendWith(NoLeaks.class)
class CommandOptionsTest {
  private static final Command SPECIAL = Command.of(5000);
  private static final Command PLAIN = Command.of(5001);

  private static Siege siege(CommandOptions options) {
    return new Siege(
        Siege.options().build(),
        builder ->
            builder
                .command(SPECIAL, options)
                .onRequest(SPECIAL, (peer, request) -> Bytes.zeros(0)));
  }

  @Test
  void payloadAboveTheBoundEndsTheSessionAndAtTheBoundDoesNot() {
    try (Siege siege = siege(CommandOptions.defaults().withMaxPayloadBytes(100));
        RawPeer raw = siege.intruder()) {
      raw.send(RawPeer.frame(RawPeer.REQUEST, 1, 5000, new byte[100]));
      assertEquals(1, raw.next(MessageType.ANSWER, SPECIAL).id());
      raw.send(RawPeer.frame(RawPeer.REQUEST, 2, 5000, new byte[101]));
      Recorder.assertReason(
          Code.VIOLATION,
          "REQUEST Command 5000: payload of 101 bytes is above the limit of 100 bytes",
          siege.recorder.awaitDisconnected(raw.id()));
    }
  }

  @Test
  void deadlineOfTheCommandHoldsForItsRequests() {
    try (Siege siege = siege(CommandOptions.defaults().withDeadline(Duration.ofMillis(100)));
        RawPeer raw = siege.intruder()) {
      Peer peer = siege.node.peer(raw.id()).orElseThrow();
      CompletionStage<?> plain = siege.node.request(peer, PLAIN, Bytes.zeros(0));
      CompletionStage<?> special = siege.node.request(peer, SPECIAL, Bytes.zeros(0));
      RequestException failure = (RequestException) Await.failure(special);
      assertEquals(RequestOutcome.TIMED_OUT, failure.outcome());
      assertTrue(!plain.toCompletableFuture().isDone());
    }
  }

  @Test
  void urgentMessagesGoAheadOfABacklog() {
    CommandOptions urgent = CommandOptions.defaults().withPriority(CommandOptions.Priority.URGENT);
    try (Siege siege = siege(urgent);
        RawPeer raw = RawPeer.connect(siege.id, 4096)) {
      raw.greet(0, raw.localPort());
      raw.readHandshake();
      Peer peer = siege.recorder.awaitConnected(raw.id());
      int backlog = 80;
      for (int count = 0; count < backlog; count++) {
        siege.node.notify(peer, PLAIN, Bytes.zeros(50_000));
      }
      siege.node.notify(peer, SPECIAL, Bytes.zeros(1));
      int before = 0;
      while (raw.next(frame -> frame.command() >= 5000).command() == 5001) {
        before++;
      }
      assertTrue(before < backlog, before + " of the backlog came before the urgent message");
      for (int count = before; count < backlog; count++) {
        raw.next(MessageType.NOTIFICATION, PLAIN);
      }
    }
  }

  @Test
  void valuesOutOfBoundsAreNamed() {
    assertMessage(
        "maxPayloadBytes is -1, not within 0 to 134217717",
        () -> CommandOptions.defaults().withMaxPayloadBytes(-1));
    assertMessage(
        "maxPayloadBytes is 134217718, not within 0 to 134217717",
        () -> CommandOptions.defaults().withMaxPayloadBytes(134217718));
    assertMessage(
        "deadline is PT0S, not above zero and at most 365 days",
        () -> CommandOptions.defaults().withDeadline(Duration.ZERO));
    assertMessage(
        "minPeers is 9, above the limit of 8",
        () -> ManagerOptions.builder().minPeers(9).maxPeers(8).build());
    assertMessage(
        "ioThreads is 0, below the minimum of 1",
        () -> ManagerOptions.builder().ioThreads(0).build());
    assertMessage(
        "idleTimeout is PT-1S, not above zero and at most 365 days",
        () -> ManagerOptions.builder().idleTimeout(Duration.ofSeconds(-1)).build());
    GuardOptions.builder().remembered(25_000).build();
    assertMessage(
        "remembered is 25001, not within 1 to 25000",
        () -> GuardOptions.builder().remembered(25_001).build());
  }

  @Test
  void builderRefusesWhatCannotBe() {
    assertMessage(
        "Ping is handled by the core",
        () -> Manager.builder().onRequest(Command.PING, (peer, request) -> null));
    assertMessage(
        "there is a request handler for Command 5000 already",
        () ->
            Manager.builder()
                .onRequest(SPECIAL, (peer, request) -> null)
                .onRequest(SPECIAL, (peer, request) -> null));
    assertMessage(
        "nothing can listen at the seed 127.0.0.1:0",
        () -> Manager.builder().seed(NodeId.parse("127.0.0.1:0")));
    assertThrows(NullPointerException.class, () -> Manager.builder().type(null));
  }

  @Test
  void discoveryNodeTakesNoHandlers() {
    List<UnaryOperator<ManagerBuilder>> handlers =
        List.of(
            builder -> builder.onRequest(SPECIAL, (peer, request) -> null),
            builder -> builder.onRequest(command -> true, (peer, request) -> null),
            builder -> builder.onBroadcast(SPECIAL, (peer, broadcast) -> null),
            builder -> builder.onNotification(command -> true, (peer, notification) -> {}));
    for (UnaryOperator<ManagerBuilder> handler : handlers) {
      ManagerBuilder builder = handler.apply(Manager.builder().options(Siege.options().build()));
      builder.type(NodeType.DISCOVERY);
      assertEquals(
          "a discovery node serves Ping and RequestNodes only: it takes no handlers",
          assertThrows(IllegalStateException.class, builder::start).getMessage());
      builder.type(NodeType.NORMAL).start().close();
    }
  }

  @Test
  void startOnAnInterruptedThreadFailsAndLeavesTheInterrupt() {
    ManagerBuilder builder = Pair.builder(new Recorder());
    Thread.currentThread().interrupt();
    var failure = assertThrows(CompletionException.class, builder::start);
    assertTrue(Thread.interrupted());
    assertEquals(InterruptedException.class, failure.getCause().getClass());
  }

  @Test
  void builderStartsOneNode() {
    ManagerBuilder builder = Manager.builder().options(Siege.options().build());
    builder.start().close();
    assertThrows(IllegalStateException.class, builder::start);
  }

  @Test
  void portInUseFailsWithTheAddress() {
    try (RawListener taken = new RawListener()) {
      ManagerBuilder builder = Manager.builder().listen("127.0.0.1", taken.id().port());
      var failure = assertThrows(UncheckedIOException.class, builder::start);
      assertTrue(
          failure.getCause().getMessage().contains("" + taken.id().port()), failure.toString());
    }
  }

  private static void assertMessage(String message, Runnable action) {
    var failure = assertThrows(IllegalArgumentException.class, action::run);
    assertEquals(message, failure.getMessage());
  }
}
