package bdk.p2p.simulator.containers;

import bdk.p2p.simulator.scenario.ScenarioException;
import com.github.dockerjava.api.exception.DockerException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.testcontainers.containers.Network;

/**
 * The two networks of one run: 10.N.0.0/16 under test, from which no way leads anywhere else, and
 * one for control, on which the engine publishes ports. Immutable.
 *
 * <p>Each node has a /24 of its own, as if it were a stranger to all others: nodes count what comes
 * from one network.
 */
final class Subnet {
  /** The most machines. */
  static final int MOST = 250;

  private static final int FIRST = 64;
  private static final int COUNT = 128;

  private final int number;
  private final Network underTest;
  private final Network control;

  private Subnet(int number, Network underTest, Network control) {
    this.number = number;
    this.underTest = underTest;
    this.control = control;
  }

  /** Makes a network of an engine. */
  interface Maker {
    /**
     * @param kind what it is for
     * @param range its addresses; if empty, the engine chooses, and ways lead out of it
     */
    Network make(String kind, Optional<String> range);
  }

  /**
   * Takes one that nobody has.
   *
   * @throws ScenarioException if there is none, or none for control
   */
  static Subnet take(Belongings belongings) {
    int wish = Math.floorMod(belongings.run().hashCode(), COUNT);
    return take(wish, (kind, range) -> network(belongings, kind, range));
  }

  /** Takes the one wished for, or the next that is free. */
  static Subnet take(int wish, Maker maker) {
    DockerException last = null;
    for (int tried = 0; tried < COUNT; tried++) {
      int number = FIRST + (wish + tried) % COUNT;
      Network underTest;
      try {
        underTest = maker.make("net", Optional.of("10." + number + ".0.0/16"));
      } catch (DockerException notFree) {
        last = notFree;
        continue;
      }
      return new Subnet(number, underTest, control(maker));
    }
    throw new ScenarioException(
        "the backend containers finds no free network from 10.%d to 10.%d: %s"
            .formatted(FIRST, FIRST + COUNT - 1, last.getMessage()));
  }

  /** The engine chooses where: if it cannot, no other range under test would help. */
  private static Network control(Maker maker) {
    try {
      return maker.make("control", Optional.empty());
    } catch (DockerException failure) {
      throw new ScenarioException(
          "the backend containers finds no network for control: " + failure.getMessage());
    }
  }

  private static Network network(Belongings belongings, String kind, Optional<String> range) {
    Network network =
        Network.builder()
            .createNetworkCmdModifier(
                command -> {
                  command
                      .withName("bdk-" + belongings.run() + "-" + kind)
                      .withLabels(belongings.labels());
                  range.ifPresent(
                      one ->
                          command
                              .withInternal(true)
                              .withIpam(
                                  new com.github.dockerjava.api.model.Network.Ipam()
                                      .withConfig(
                                          new com.github.dockerjava.api.model.Network.Ipam.Config()
                                              .withSubnet(one))));
                })
            .build();
    // It is made when it is first asked for.
    network.getId();
    return network;
  }

  Network underTest() {
    return underTest;
  }

  Network control() {
    return control;
  }

  /** All of the network under test, as iptables writes it. */
  String range() {
    return "10." + number + ".0.0/16";
  }

  /** Where a machine is. */
  InetAddress address(int machine) {
    if (machine < 0 || machine >= MOST) {
      throw new ScenarioException("the backend containers takes at most " + MOST + " nodes");
    }
    try {
      return InetAddress.getByAddress(new byte[] {10, (byte) number, (byte) (machine + 1), 2});
    } catch (UnknownHostException cause) {
      throw new IllegalStateException("four bytes are an address", cause);
    }
  }
}
