package bdk.p2p.simulator.backend;

import java.net.InetAddress;

/**
 * Loopback addresses that no run has, for tests that listen on fixed ports: whoever picks addresses
 * by hand meets, once in a while, the run of another process that was given the same ones.
 */
public final class FreeBlock implements AutoCloseable {
  private final LoopbackAddresses addresses =
      LoopbackAddresses.take((int) ProcessHandle.current().pid());

  /**
   * An address that is this block's as long as it is open.
   *
   * @param index from 0 to 65279
   */
  public InetAddress address(int index) {
    return addresses.address(index);
  }

  @Override
  public void close() {
    addresses.close();
  }
}
