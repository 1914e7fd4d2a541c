package bdk.p2p.simulator.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;

import bdk.p2p.message.NodeId;
import bdk.p2p.simulator.backend.Distances;
import bdk.p2p.simulator.fault.Delay;
import bdk.p2p.simulator.fault.Scope;
import bdk.p2p.simulator.run.NodeReports;
import bdk.p2p.simulator.scenario.ScenarioFile;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A fault that relays make reaches every agent, whenever its node starts. */
@Timeout(60)
class RelayDelayTest {
  private static final String SCENARIO =
      """
      name: two
      description: Two nodes.
      regions: {table: bitcoin-2019, jitter: 0.1}
      nodes:
        - {name: discovery, type: discovery, count: 1, region: EUROPE, maxPeers: 4}
        - {name: node, type: normal, count: 1, region: EUROPE, minPeers: 1, maxPeers: 4}
      warmUp: 1s
      duration: 1s
      coolDown: 1s
      claims: {deliveredWithin: 2s, duplicatesPerDelivery: 10}
      """;

  private static final Distances NEAR =
      new Distances() {
        @Override
        public double latencyMillis(int from, int to) {
          return 0;
        }

        @Override
        public double jitter() {
          return 0;
        }

        @Override
        public long bitsPerSecond(int from, int to) {
          return 0;
        }
      };

  private static final Delay DELAY = new Delay(Duration.ofMillis(300), Duration.ZERO, Scope.BOTH);

  /** Answers as an agent does, and keeps what it is told. */
  private static final class Recorder implements AutoCloseable {
    private final ServerSocket door = new ServerSocket(0, 4, InetAddress.getLoopbackAddress());
    private final BlockingQueue<JsonNode> told = new LinkedBlockingQueue<>();

    Recorder() throws IOException {
      Thread thread = new Thread(this::serve, "recorder");
      thread.setDaemon(true);
      thread.start();
    }

    private void serve() {
      try (Socket socket = door.accept();
          ControlLine line = new ControlLine(socket)) {
        for (JsonNode command = line.read(); command != null; command = line.read()) {
          switch (command.path("do").asText()) {
            case "hello" -> line.send(ControlLine.saying("event", "ready"));
            case "clock" ->
                line.send(
                    ControlLine.saying("event", "clock")
                        .put("sent", command.path("sent").asLong())
                        .put("nanos", System.nanoTime()));
            case "warm" -> line.send(ControlLine.saying("event", "warm"));
            case "start" -> {
              told.add(command);
              line.send(ControlLine.saying("event", "up").put("nanos", System.nanoTime()));
            }
            default -> told.add(command);
          }
        }
      } catch (IOException end) {
        // The test is over.
      }
    }

    /** What it is told up to this, without the routes. */
    List<String> toldUpTo(String last) throws InterruptedException {
      List<String> commands = new ArrayList<>();
      while (!commands.contains(last)) {
        JsonNode next = told.poll(20, TimeUnit.SECONDS);
        if (next == null) {
          throw new AssertionError("not told of " + last + ", but " + commands);
        }
        String what = next.path("do").asText();
        if (what.equals("delay")) {
          what += " out " + next.path("out") + " back " + next.path("back");
        }
        if (!what.equals("relay")) {
          commands.add(what);
        }
      }
      return commands;
    }

    @Override
    public void close() throws IOException {
      door.close();
    }
  }

  private final List<Recorder> agents = new ArrayList<>();
  private final List<FarNode> nodes = new ArrayList<>();
  private FarRun run;

  @BeforeEach
  void reachAll() throws IOException {
    run = new FarRun(ScenarioFile.parse("two.yaml", SCENARIO), NEAR, true);
    for (int index = 0; index < 2; index++) {
      agents.add(new Recorder());
      nodes.add(new FarNode(index, fleet(), run));
      run.add(NodeId.parse("127.9.9." + (index + 1) + ":" + ControlPorts.NODE));
    }
    nodes.forEach(node -> node.reach().join());
  }

  /** Knows where its agents are. */
  private Fleet fleet() {
    return (Fleet)
        Proxy.newProxyInstance(
            Fleet.class.getClassLoader(),
            new Class<?>[] {Fleet.class},
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "control" ->
                      new InetSocketAddress(
                          InetAddress.getLoopbackAddress(),
                          agents.get((Integer) arguments[0]).door.getLocalPort());
                  case "token" -> "token";
                  case "isResident" -> false;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private static NodeReports silent() {
    return (NodeReports)
        Proxy.newProxyInstance(
            NodeReports.class.getClassLoader(),
            new Class<?>[] {NodeReports.class},
            (self, method, arguments) -> null);
  }

  @AfterEach
  void close() throws IOException {
    nodes.forEach(FarNode::end);
    for (Recorder agent : agents) {
      agent.close();
    }
  }

  private RelayDelay begin() {
    return RelayDelay.begin(0, DELAY, List.of(0), nodes, run);
  }

  @Test
  void agentWhoseNodeStartsDuringTheFaultIsToldBefore() throws Exception {
    nodes.get(0).start(List.of(), silent());
    begin();
    nodes.get(1).start(List.of(), silent());
    assertEquals(List.of("delay out [0] back [0]", "start"), agents.get(1).toldUpTo("start"));
    run.check();
  }

  @Test
  void agentWhoseNodeIsUpIsToldOfTheBeginningAndTheEnd() throws Exception {
    nodes.get(0).start(List.of(), silent());
    begin().end();
    assertEquals(
        List.of("start", "delay out [0,1] back [0,1]", "straight"),
        agents.get(0).toldUpTo("straight"));
    run.check();
  }

  @Test
  void nodeThatStartsAfterTheFaultIsNotDelayed() throws Exception {
    begin().end();
    nodes.get(1).start(List.of(), silent());
    assertEquals(
        List.of("delay out [0] back [0]", "straight", "start"), agents.get(1).toldUpTo("start"));
    run.check();
  }
}
