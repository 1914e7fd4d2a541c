package sample;

import bdk.p2p.manager.CommandOptions;
import bdk.p2p.manager.ManagerBuilder;
import bdk.p2p.manager.Peer;
import bdk.p2p.message.Command;
import bdk.p2p.message.NodeId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Thinks of a number and judges the guesses of others; who finds it first has won. Any thread. */
public final class Host {
  /** A guess, answered by a {@link Verdict}; also when it is asked a second time. */
  static final Command GUESS = Command.of(Command.FIRST_FREE);

  /** What the host says, one byte. */
  enum Verdict {
    HIGHER,
    LOWER,
    WON,
    TOO_LATE
  }

  private final int secret;
  private final AtomicReference<NodeId> winner = new AtomicReference<>();

  /** Thinks of this number. */
  public Host(int secret) {
    this.secret = secret;
  }

  /** Puts the host's side of the game on a node that is about to start. */
  public void install(ManagerBuilder node) {
    node.command(
            GUESS,
            CommandOptions.defaults()
                .withMaxPayloadBytes(Integer.BYTES)
                .withDeadline(Duration.ofSeconds(2)))
        .onRequest(GUESS, (peer, guess) -> answer(peer, guess.payload().getInt()));
  }

  /** Who has found the number. */
  public Optional<NodeId> winner() {
    return Optional.ofNullable(winner.get());
  }

  private ByteBuffer answer(Peer peer, int guess) {
    return ByteBuffer.allocate(1).put((byte) verdict(peer.id(), guess).ordinal()).flip();
  }

  private Verdict verdict(NodeId player, int guess) {
    if (guess != secret) {
      return guess < secret ? Verdict.HIGHER : Verdict.LOWER;
    }
    winner.compareAndSet(null, player);
    return winner.get().equals(player) ? Verdict.WON : Verdict.TOO_LATE;
  }
}
