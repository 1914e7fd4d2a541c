package bdk.p2p.simulator.remote;

import bdk.p2p.manager.Manager;
import bdk.p2p.manager.ManagerBuilder;
import bdk.p2p.manager.Peer;
import bdk.p2p.message.Command;
import bdk.p2p.simulator.run.Application;
import bdk.p2p.simulator.scenario.Scenario;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Loads all that a node needs before the time of a run begins: two nodes of this process talk to
 * each other over loopback, and end. For one thread; at most about half a minute.
 */
final class WarmUp {
  private static final int LIMIT_SECONDS = 10;

  private WarmUp() {}

  /** What goes wrong here goes wrong again, and is told, when the node starts. */
  static void run(Scenario scenario) throws InterruptedException {
    AgentReports nobody = new AgentReports(AgentVoice.toNobody());
    try (Manager one = node(scenario, 0, nobody);
        Manager other = node(scenario, 1, nobody)) {
      Peer peer =
          one.connect(other.listening().orElseThrow())
              .toCompletableFuture()
              .get(LIMIT_SECONDS, TimeUnit.SECONDS);
      one.broadcast(Command.BROADCAST_TRANSACTION, ByteBuffer.allocate(64));
      one.requestInfo(peer).toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
      one.requestNodes(peer).toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
      nobody.state(0, one.statistics(), Map.of());
    } catch (ExecutionException | TimeoutException | RuntimeException notWarm) {
      // The run takes longer to get going.
    }
  }

  private static Manager node(Scenario scenario, int index, AgentReports reports) {
    Application application = new Application(scenario.workload(), System::nanoTime);
    ManagerBuilder builder =
        Manager.builder().listen("127.0.0.1", 0).listener(application.listener(reports));
    application.install(builder, index, reports);
    return builder.start();
  }
}
