package bdk.p2p.simulator.backend;

import bdk.p2p.simulator.scenario.ScenarioException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/**
 * The addresses 127.B.0.1 to 127.B.255.0 of one run, where B is a number that no other run on this
 * machine has: whoever listens on the last address of the block has it. Immutable until closed.
 */
final class LoopbackAddresses implements AutoCloseable {
  // Neither 127.0, where everything else is, nor 127.255, which ends in the broadcast address.
  private static final int FIRST = 1;
  private static final int COUNT = 254;
  private static final int LARGEST = 0xff00;
  private static final int GUARD = 0xfffe;
  private static final int GUARD_PORT = 7000;

  /** How to listen; the door for tests. */
  interface Listening {
    ServerSocket on(InetSocketAddress address) throws IOException;
  }

  private final int number;
  private final ServerSocket guard;

  private LoopbackAddresses(int number, ServerSocket guard) {
    this.number = number;
    this.guard = guard;
  }

  /**
   * Takes a block that is free.
   *
   * @param wish where to begin to look, any number
   * @throws ScenarioException if there is none, or this system has no such addresses
   */
  static LoopbackAddresses take(int wish) {
    return take(wish, LoopbackAddresses::listen);
  }

  static LoopbackAddresses take(int wish, Listening listening) {
    IOException last = null;
    for (int tried = 0; tried < COUNT; tried++) {
      int number = FIRST + Math.floorMod(wish + tried, COUNT);
      try {
        return new LoopbackAddresses(number, listening.on(guardOf(number)));
      } catch (IOException notFree) {
        last = notFree;
      }
    }
    throw new ScenarioException(
        "the backend loopback finds no free block of addresses 127.1 to 127.254: cannot listen on"
            + " %s: %s; it needs a system that has all of 127.0.0.0/8, as Linux does, and nobody"
                .formatted(guardOf(FIRST + Math.floorMod(wish, COUNT)), last.getMessage())
            + " who listens on port "
            + GUARD_PORT
            + " of every address");
  }

  private static InetSocketAddress guardOf(int number) {
    return new InetSocketAddress(address(number, GUARD), GUARD_PORT);
  }

  private static ServerSocket listen(InetSocketAddress address) throws IOException {
    ServerSocket guard = new ServerSocket();
    try {
      guard.bind(address, 1);
      return guard;
    } catch (IOException failure) {
      guard.close();
      throw failure;
    }
  }

  /**
   * The address of a machine.
   *
   * @param index from 0 to 65279
   */
  InetAddress address(int index) {
    if (index < 0 || index >= LARGEST) {
      throw new ScenarioException(
          "the backend loopback has addresses for %d machines".formatted(LARGEST));
    }
    return address(number, index + 1);
  }

  /** What the addresses of this run begin with, and those of no other: {@code 127.B}. */
  String prefix() {
    return "127." + number;
  }

  private static InetAddress address(int block, int number) {
    try {
      return InetAddress.getByAddress(
          new byte[] {127, (byte) block, (byte) (number >> 8), (byte) number});
    } catch (UnknownHostException cause) {
      throw new IllegalStateException("four bytes are an address", cause);
    }
  }

  @Override
  public void close() {
    try {
      guard.close();
    } catch (IOException ignored) {
      // The system frees it in any case.
    }
  }
}
