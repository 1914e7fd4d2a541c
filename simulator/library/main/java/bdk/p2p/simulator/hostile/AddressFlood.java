package bdk.p2p.simulator.hostile;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Answers RequestNodes with a hundred thousand addresses at which nobody is: of the network
 * 192.0.2.0/24, which exists in documentation only.
 */
final class AddressFlood implements Behaviour {
  static final int COUNT = 100_000;

  private static final int LEAST_PORT = 1_024;
  private static final int PORTS = 60_000;

  @Override
  public void begin(Attack attack) {
    attack.keepCalling(
        () ->
            new Call(attack) {
              @Override
              void connected() {
                send(Frames.handshake(Attack.PORT));
              }

              @Override
              void received(FrameReader.Head frame) {
                if (asksForNodes(frame)) {
                  bite(Frames.nodes(frame.id(), addresses(attack.random())));
                } else {
                  answerPing(frame);
                }
              }
            });
  }

  private static List<Frames.Address> addresses(RandomGenerator random) {
    List<InetAddress> hosts = new ArrayList<>();
    for (int host = 0; host < 256; host++) {
      hosts.add(address(host));
    }
    List<Frames.Address> addresses = new ArrayList<>(COUNT);
    for (int count = 0; count < COUNT; count++) {
      int port = LEAST_PORT + random.nextInt(PORTS);
      addresses.add(new Frames.Address(hosts.get(random.nextInt(hosts.size())), port));
    }
    return addresses;
  }

  private static InetAddress address(int host) {
    try {
      return InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, (byte) host});
    } catch (UnknownHostException cause) {
      throw new IllegalStateException("four bytes are an address", cause);
    }
  }
}
