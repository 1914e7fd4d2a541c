package sample;

import bdk.p2p.manager.Manager;
import bdk.p2p.manager.ManagerBuilder;
import bdk.p2p.message.NodeId;
import java.util.concurrent.TimeUnit;

/**
 * One node thinks of a number, another guesses it with requests, and the winner is announced to the
 * network. Shows commands of an application's own, immediate answers, broadcasts and timers.
 */
public final class GuessingGame {
  private static final int SECRET = 37;
  private static final int HIGHEST = 100;

  private GuessingGame() {}

  /** Plays one game on loopback; prints the outcome. */
  public static void main(String[] arguments) throws Exception {
    Host host = new Host(SECRET);
    Player player = new Player(HIGHEST);
    ManagerBuilder hostNode = Manager.builder().listen("127.0.0.1", 0);
    ManagerBuilder playerNode = Manager.builder().listen("127.0.0.1", 0);
    host.install(hostNode);
    player.install(playerNode);
    try (Manager table = hostNode.start();
        Manager guest = playerNode.start()) {
      player.attend(guest);
      NodeId address = table.listening().orElseThrow();
      int verdicts = player.play(guest, address).toCompletableFuture().get(10, TimeUnit.SECONDS);
      System.out.println("won after " + verdicts + " guesses");
      System.out.println(host.winner().equals(player.winner()) ? "done" : "who has won?");
    }
  }
}
