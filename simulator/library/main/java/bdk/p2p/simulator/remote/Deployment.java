package bdk.p2p.simulator.remote;

import bdk.p2p.simulator.scenario.NodeGroup;
import bdk.p2p.simulator.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Writes a scenario's nodes as a file that an engine deploys: each a service whose agent starts its
 * node at once, and is commanded over a port of its host. No state.
 */
public final class Deployment {
  /** The control port of the first node; the next have those that follow. */
  public static final int FIRST_PORT = 7101;

  /** For whom. */
  public enum Form {
    /** One engine. */
    COMPOSE,
    /** A swarm of engines. */
    STACK
  }

  private static final String HEAD =
      """
      # The nodes of the scenario %1$s. Choose a token, deploy them, and give them work:
      #
      #   export BDK_CONTROL_TOKEN=... # at least 8 characters
      #   %2$s
      #   bdk-sim attach scenario.yaml --host HOST
      #
      # Latencies and bandwidths are those of the network that they run on.
      version: "3.8"

      services:
      """;

  private static final String SERVICE =
      """
        %1$s:
          image: ${BDK_NODE_IMAGE:-bdk-node}
          command: [%2$s]
          environment: {BDK_CONTROL_TOKEN: "${BDK_CONTROL_TOKEN:?}"}
          read_only: true
          stop_grace_period: 20s
          cap_drop: [ALL]
          networks: [bdk]
      """;

  private static final String ON_ONE_HOST =
      """
          restart: unless-stopped
          tmpfs: [/tmp]
          volumes: ["./scenario.yaml:/scenario.yaml:ro"]
          ports: ["${BDK_CONTROL_ADDRESS:-127.0.0.1}:%d:%d"]
      """;

  private static final String ON_MANY =
      """
          volumes: [{type: tmpfs, target: /tmp}]
          configs: [{source: scenario, target: /scenario.yaml}]
          ports:
            - {published: %d, target: %d, protocol: tcp, mode: host}
          deploy:
            endpoint_mode: dnsrr
            replicas: 1
            resources: {limits: {memory: 256M}}
            restart_policy: {condition: any, delay: 2s}
      """;

  private static final String END_ON_ONE =
      """

      networks:
        bdk: {}
      """;

  private static final String END_ON_MANY =
      """

      networks:
        bdk: {driver: overlay}
      configs:
        scenario: {file: ./scenario.yaml}
      """;

  private Deployment() {}

  /**
   * The file, which names the scenario's own as {@code scenario.yaml} beside it.
   *
   * @param fileName what it will be called
   */
  public static String write(Scenario scenario, Form form, String fileName) {
    boolean isStack = form == Form.STACK;
    String use =
        isStack
            ? "docker stack deploy -c " + fileName + " " + host(scenario.name())
            : "docker compose -f " + fileName + " up --detach";
    StringBuilder text = new StringBuilder(HEAD.formatted(scenario.name(), use));
    int port = FIRST_PORT;
    for (NodeGroup group : scenario.groups()) {
      for (String id : group.ids()) {
        text.append(SERVICE.formatted(host(id), command(scenario, group, id)));
        text.append((isStack ? ON_MANY : ON_ONE_HOST).formatted(port++, ControlPorts.CONTROL));
      }
    }
    return text.append(isStack ? END_ON_MANY : END_ON_ONE).toString();
  }

  private static String command(Scenario scenario, NodeGroup group, String id) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("agent", "--scenario", "/scenario.yaml", "--node", id));
    words.addAll(List.of("--host-name", host(id)));
    for (NodeGroup other : scenario.groups()) {
      for (String seed : other.ids()) {
        if (!seed.equals(id) && group.hasSeed(other, seed)) {
          words.addAll(List.of("--seed-host", host(seed)));
        }
      }
    }
    return "\"" + String.join("\", \"", words) + "\"";
  }

  /** As names of hosts are written. */
  private static String host(String id) {
    return id.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-");
  }
}
