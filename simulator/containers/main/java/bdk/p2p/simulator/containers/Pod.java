package bdk.p2p.simulator.containers;

import bdk.p2p.simulator.remote.ControlPorts;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.Volume;
import com.github.dockerjava.api.model.VolumesFrom;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import org.testcontainers.containers.Container;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.utility.DockerImageName;

/**
 * One machine of the fleet, in two containers: a holder that has the network interfaces, addresses
 * and published ports, and the tools to disturb them; and the node, which lives in the holder's
 * network and can die and return without that network noticing. For one thread at a time.
 *
 * <pre>
 *   holder:  eth0 on the control network, port 7001 published   NET_ADMIN, tools
 *            eth1 on the network under test, address of the node
 *   node:    network of the holder                             no capability, read-only
 * </pre>
 */
final class Pod {
  /** The interface on the network under test. */
  static final String INTERFACE = "eth1";

  /** What a node stores outlives its container, and goes with the holder. */
  private static final String STORAGE = "/var/lib/bdk";

  private static final int STOP_SECONDS = 20;

  private final String name;
  private final InetAddress address;
  private final DockerClient client;
  private final GenericContainer<?> holder;
  private GenericContainer<?> node;
  private String nodeId;

  Pod(
      String name,
      InetAddress address,
      DockerClient client,
      Belongings belongings,
      Network control,
      String tools) {
    this.name = name;
    this.address = address;
    this.client = client;
    this.holder =
        new GenericContainer<>(DockerImageName.parse(tools))
            .withNetwork(control)
            .withCommand("sleep", "1000000")
            .withExposedPorts(ControlPorts.CONTROL)
            .withLabels(belongings.labels())
            .waitingFor(new AtOnce())
            .withCreateContainerCmdModifier(
                command ->
                    command
                        .withName("bdk-" + belongings.run() + "-" + name + "-net")
                        .withHostName(name)
                        .withEntrypoint()
                        .withVolumes(new Volume(STORAGE))
                        .getHostConfig()
                        .withCapAdd(Capability.NET_ADMIN, Capability.NET_RAW)
                        .withPortBindings(
                            new PortBinding(
                                Ports.Binding.bindIp(Engine.publishOn()),
                                ExposedPort.tcp(ControlPorts.CONTROL))));
  }

  /** Nothing to wait for. */
  private static final class AtOnce extends AbstractWaitStrategy {
    @Override
    protected void waitUntilReady() {}
  }

  String name() {
    return name;
  }

  InetAddress address() {
    return address;
  }

  /** Makes the holder, on both networks. */
  void hold(Network underTest) {
    holder.start();
    client
        .connectToNetworkCmd()
        .withContainerId(holder.getContainerId())
        .withNetworkId(underTest.getId())
        .withContainerNetwork(
            new ContainerNetwork()
                .withIpamConfig(
                    new ContainerNetwork.Ipam().withIpv4Address(address.getHostAddress())))
        .exec();
    shell("chown 1000:1000 " + STORAGE);
  }

  /** Makes the node's container, and starts its agent. */
  void run(String image, Belongings belongings, String token, long memoryBytes) {
    node =
        new GenericContainer<>(DockerImageName.parse(image))
            .withNetworkMode("container:" + holder.getContainerId())
            .withCommand("agent", "--storage", STORAGE)
            .withEnv("BDK_CONTROL_TOKEN", token)
            .withLabels(belongings.labels())
            .waitingFor(new AtOnce())
            .withCreateContainerCmdModifier(
                command ->
                    command
                        .withName("bdk-" + belongings.run() + "-" + name)
                        .getHostConfig()
                        .withReadonlyRootfs(true)
                        .withVolumesFrom(new VolumesFrom(holder.getContainerId()))
                        .withTmpFs(Map.of("/tmp", "rw,size=16m"))
                        .withCapDrop(Capability.ALL)
                        .withMemory(memoryBytes));
    node.start();
    nodeId = node.getContainerId();
  }

  /** Takes the node's container away, for one of another image. */
  void discard() {
    client.removeContainerCmd(nodeId).withForce(true).exec();
    nodeId = null;
  }

  /** Where its agent is reached. */
  InetSocketAddress control() {
    return new InetSocketAddress(Engine.host(), holder.getMappedPort(ControlPorts.CONTROL));
  }

  String nodeContainer() {
    return nodeId;
  }

  void start() {
    client.startContainerCmd(nodeId).exec();
  }

  void kill() {
    client.killContainerCmd(nodeId).withSignal("KILL").exec();
  }

  void stop() {
    client.stopContainerCmd(nodeId).withTimeout(STOP_SECONDS).exec();
  }

  void pause() {
    client.pauseContainerCmd(nodeId).exec();
  }

  void resume() {
    client.unpauseContainerCmd(nodeId).exec();
  }

  /**
   * Runs a script of the shell beside the node, in its network.
   *
   * @return what it prints
   * @throws IllegalStateException if it fails, with what it says
   */
  String shell(String script) {
    try {
      Container.ExecResult result =
          holder.execInContainer("sh", "-ec", Shaping.REAL_TOOLS + script);
      if (result.getExitCode() != 0) {
        throw new IllegalStateException(
            "%s: '%s' ended with %d: %s"
                .formatted(
                    name,
                    script.strip(),
                    result.getExitCode(),
                    (result.getStderr() + result.getStdout()).strip()));
      }
      return result.getStdout();
    } catch (IOException cause) {
      throw new java.io.UncheckedIOException(name + ": cannot run '" + script + "'", cause);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new java.util.concurrent.CancellationException("the run was interrupted");
    }
  }
}
