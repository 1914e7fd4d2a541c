package sample;

import bdk.p2p.manager.Manager;
import bdk.p2p.manager.ManagerBuilder;
import bdk.p2p.manager.Peer;
import bdk.p2p.message.Command;
import bdk.p2p.message.NodeId;
import bdk.p2p.message.NodeType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import sample.Host.Verdict;

/**
 * Guesses a host's number by halves, asks again when the network fails it, and learns who has won:
 * the winner tells everybody, and who has not heard it asks around. Any thread.
 */
public final class Player {
  /** As a broadcast: who has won. As a request: who has? Empty for nobody yet. */
  static final Command WINNER = Command.of(Command.FIRST_FREE + 1);

  private static final long PAUSE_SECONDS = 1;

  private final int highest;
  private final AtomicReference<NodeId> winner = new AtomicReference<>();

  /** Plays for a number from 0 to this one. */
  public Player(int highest) {
    this.highest = highest;
  }

  /** Puts the player's side of the game on a node that is about to start. */
  public void install(ManagerBuilder node) {
    node.onBroadcast(
            WINNER,
            (peer, news) -> {
              learn(news.payload());
              return bdk.p2p.message.Verdict.RELAY;
            })
        .onRequest(WINNER, (peer, question) -> encoded(winner.get()));
  }

  /** Asks around once a second, on a node that has started, until it knows who has won. */
  public void attend(Manager node) {
    node.scheduler()
        .scheduleWithFixedDelay(
            () -> askAround(node), PAUSE_SECONDS, PAUSE_SECONDS, TimeUnit.SECONDS);
  }

  /** Who has won, as far as this player has heard. */
  public Optional<NodeId> winner() {
    return Optional.ofNullable(winner.get());
  }

  /**
   * Plays until the number is found.
   *
   * @return a stage with the number of verdicts that it took
   */
  public CompletionStage<Integer> play(Manager node, NodeId host) {
    return guess(node, host, 0, highest, 1);
  }

  private CompletionStage<Integer> guess(
      Manager node, NodeId host, int low, int high, int verdicts) {
    int guess = (low + high) / 2;
    return ask(node, host, guess)
        .thenCompose(
            verdict ->
                switch (verdict) {
                  case HIGHER -> guess(node, host, guess + 1, high, verdicts + 1);
                  case LOWER -> guess(node, host, low, guess - 1, verdicts + 1);
                  case WON, TOO_LATE -> end(node, verdict, verdicts);
                });
  }

  /** One verdict, however often it must be asked for. */
  private CompletionStage<Verdict> ask(Manager node, NodeId host, int guess) {
    ByteBuffer payload = ByteBuffer.allocate(Integer.BYTES).putInt(guess).flip();
    return node.connect(host)
        .thenCompose(peer -> node.request(peer, Host.GUESS, payload))
        .thenApply(answer -> Verdict.values()[answer.payload().get()])
        .exceptionallyCompose(failure -> later(node).thenCompose(now -> ask(node, host, guess)));
  }

  private static CompletionStage<Void> later(Manager node) {
    CompletableFuture<Void> later = new CompletableFuture<>();
    node.scheduler().schedule(() -> later.complete(null), PAUSE_SECONDS, TimeUnit.SECONDS);
    return later;
  }

  private CompletionStage<Integer> end(Manager node, Verdict verdict, int verdicts) {
    if (verdict == Verdict.WON) {
      NodeId self = node.listening().orElseThrow();
      winner.set(self);
      node.broadcast(WINNER, encoded(self));
    }
    return CompletableFuture.completedFuture(verdicts);
  }

  private void askAround(Manager node) {
    List<Peer> peers =
        node.peers().stream().filter(peer -> peer.type() == NodeType.NORMAL).toList();
    if (winner.get() == null && !peers.isEmpty()) {
      Peer one = peers.get(node.random().nextInt(peers.size()));
      node.request(one, WINNER, ByteBuffer.allocate(0))
          .thenAccept(answer -> learn(answer.payload()));
    }
  }

  private void learn(ByteBuffer payload) {
    if (payload.hasRemaining()) {
      winner.set(NodeId.parse(StandardCharsets.UTF_8.decode(payload).toString()));
    }
  }

  private static ByteBuffer encoded(NodeId winner) {
    return StandardCharsets.UTF_8.encode(winner == null ? "" : winner.toString());
  }
}
