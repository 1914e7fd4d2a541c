package sample;

import bdk.p2p.manager.CommandOptions;
import bdk.p2p.manager.Manager;
import bdk.p2p.manager.NodeListener;
import bdk.p2p.manager.Peer;
import bdk.p2p.message.Command;
import bdk.p2p.message.Verdict;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One node thinks of a number, another guesses it with requests, and the winner is announced to the
 * network. Shows commands of an application's own, an immediate answer, a broadcast and a listener.
 */
public final class GuessingGame {
  private static final Command GUESS = Command.of(Command.FIRST_FREE);
  private static final Command WINNER = Command.of(Command.FIRST_FREE + 1);
  private static final int SECRET = 37;

  private GuessingGame() {}

  /** Plays one game on loopback; prints the outcome. */
  public static void main(String[] arguments) throws Exception {
    CompletableFuture<String> winner = new CompletableFuture<>();
    CompletableFuture<Peer> guest = new CompletableFuture<>();
    try (Manager host =
            Manager.builder()
                .listen("127.0.0.1", 0)
                .command(
                    GUESS,
                    CommandOptions.defaults()
                        .withMaxPayloadBytes(Integer.BYTES)
                        .withDeadline(Duration.ofSeconds(2)))
                .onRequest(GUESS, (peer, guess) -> verdictOn(guess.payload().getInt()))
                .listener(
                    new NodeListener() {
                      @Override
                      public void connected(Peer peer) {
                        guest.complete(peer);
                      }
                    })
                .start();
        Manager player =
            Manager.builder()
                .listen("127.0.0.1", 0)
                .onBroadcast(
                    WINNER,
                    (peer, news) -> {
                      winner.complete(StandardCharsets.UTF_8.decode(news.payload()).toString());
                      return Verdict.RELAY;
                    })
                .start()) {
      Peer opponent =
          player
              .connect(host.listening().orElseThrow())
              .toCompletableFuture()
              .get(10, TimeUnit.SECONDS);
      int guesses = play(player, opponent);
      guest.get(10, TimeUnit.SECONDS);
      host.broadcast(WINNER, StandardCharsets.UTF_8.encode("after " + guesses + " guesses"));
      System.out.println("won " + winner.get(10, TimeUnit.SECONDS));
    }
    System.out.println("done");
  }

  private static ByteBuffer verdictOn(int guess) {
    return ByteBuffer.allocate(1).put((byte) Integer.compare(SECRET, guess)).flip();
  }

  private static int play(Manager player, Peer opponent) throws Exception {
    int low = 0;
    int high = 100;
    for (int guesses = 1; ; guesses++) {
      int guess = (low + high) / 2;
      ByteBuffer payload = ByteBuffer.allocate(Integer.BYTES).putInt(guess).flip();
      int direction =
          player
              .request(opponent, GUESS, payload)
              .toCompletableFuture()
              .get(10, TimeUnit.SECONDS)
              .payload()
              .get();
      if (direction == 0) {
        return guesses;
      }
      low = direction > 0 ? guess + 1 : low;
      high = direction < 0 ? guess - 1 : high;
    }
  }
}
