package bdk.p2p.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.manager.Manager;
import bdk.p2p.manager.ManagerBuilder;
import bdk.p2p.manager.ManagerOptions;
import bdk.p2p.manager.ManagerStatistics;
import bdk.p2p.manager.NodeListener;
import bdk.p2p.manager.Peer;
import bdk.p2p.manager.RequestException;
import bdk.p2p.message.CloseReason;
import bdk.p2p.message.Command;
import bdk.p2p.message.DropReason;
import bdk.p2p.message.Message;
import bdk.p2p.message.RequestOutcome;
import bdk.p2p.message.SendResult;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Two real nodes, which do what the model does, and have to see what it predicts. */
final class TwoSides implements AutoCloseable {
  private static final Command NOTE = Command.of(5000);
  private static final Command ASK = Command.of(5001);
  private static final Duration LONG = Duration.ofHours(1);
  private static final ManagerOptions OPTIONS =
      ManagerOptions.builder()
          .minPeers(0)
          .infoInterval(LONG)
          .idleTimeout(LONG)
          .requestTimeout(LONG)
          .build();

  /** One node, and what it has seen. */
  private static final class Side implements NodeListener {
    final List<String> news = new ArrayList<>();
    final List<Integer> received = new ArrayList<>();
    final Map<Integer, CompletableFuture<ByteBuffer>> toAnswer = new HashMap<>();
    final Map<Integer, CompletableFuture<?>> asked = new HashMap<>();
    final Map<Integer, RequestOutcome> ended = new HashMap<>();
    final Map<DropReason, Integer> drops = new HashMap<>();
    SimNode node;

    void install(ManagerBuilder builder) {
      builder
          .options(OPTIONS)
          .listener(this)
          .onNotification(NOTE, (peer, note) -> received.add(note.payload().getInt()))
          .onRequestAsync(
              ASK,
              (peer, request) -> {
                CompletableFuture<ByteBuffer> answer = new CompletableFuture<>();
                assertEquals(null, toAnswer.put(request.payload().getInt(), answer));
                return answer;
              });
    }

    @Override
    public void connected(Peer peer) {
      news.add("+");
    }

    @Override
    public void disconnected(Peer peer, CloseReason reason) {
      news.add("-" + reason.code());
    }

    @Override
    public void dropped(Peer peer, Message message, DropReason reason) {
      if (message.command().equals(NOTE) || message.command().equals(ASK)) {
        drops.merge(reason, 1, Integer::sum);
      }
    }

    void ended(int request, Throwable failure) {
      RequestOutcome outcome = RequestOutcome.ANSWERED;
      if (failure instanceof CancellationException) {
        outcome = RequestOutcome.CANCELLED;
      } else if (failure != null) {
        outcome = ((RequestException) failure).outcome();
      }
      assertEquals(null, ended.put(request, outcome), "a second end of request " + request);
    }
  }

  final SessionModel model = new SessionModel();
  private final Simulation network =
      Simulation.builder().latency(Duration.ofNanos(SessionModel.LATENCY_MICROS * 1_000)).build();
  private final Side[] sides = {new Side(), new Side()};
  private int number;

  TwoSides() {
    for (int side = 0; side < 2; side++) {
      Side one = sides[side];
      one.node = network.node("side-" + side, (self, node) -> one.install(node));
    }
  }

  private Manager manager(int side) {
    return sides[side].node.manager();
  }

  private Peer peer(int side) {
    return manager(side).peer(sides[1 - side].node.id()).orElseThrow();
  }

  private static ByteBuffer payload(int value) {
    return ByteBuffer.allocate(4).putInt(0, value);
  }

  // ---- what may happen; nothing if it cannot ----

  void pass(long micros) {
    model.pass(micros);
    network.run(Duration.ofNanos(micros * 1_000));
  }

  void dial(int side) {
    if (model.mayDial(side)) {
      model.dial(side);
      manager(side).connect(sides[1 - side].node.id());
    }
  }

  void tell(int side) {
    if (model.isOpen(side)) {
      model.tell(side, ++number);
      assertEquals(SendResult.QUEUED, manager(side).notify(peer(side), NOTE, payload(number)));
    }
  }

  void ask(int side, int limitMillis) {
    if (model.isOpen(side)) {
      int request = ++number;
      long micros = limitMillis * 1_000L + 50;
      model.ask(side, request, micros);
      CompletionStage<?> stage =
          manager(side)
              .request(peer(side), ASK, payload(request), Duration.ofNanos(micros * 1_000));
      sides[side].asked.put(request, stage.toCompletableFuture());
      stage.whenComplete((answer, failure) -> sides[side].ended(request, failure));
    }
  }

  void cancel(int side, int which) {
    List<Integer> asked = model.sides[side].asked;
    if (!asked.isEmpty()) {
      int request = asked.get(which % asked.size());
      model.cancel(side, request);
      sides[side].asked.get(request).cancel(false);
    }
  }

  void answer(int side, int which) {
    List<Integer> toAnswer = model.sides[side].toAnswer;
    if (!toAnswer.isEmpty()) {
      int request = toAnswer.get(which % toAnswer.size());
      model.answer(side, request);
      sides[side].toAnswer.remove(request).complete(payload(request));
    }
  }

  void close(int side) {
    if (model.isOpen(side)) {
      model.close(side);
      manager(side).disconnect(peer(side));
    }
  }

  // ---- what must hold ----

  /** After each action and what follows from it at the same instant. */
  void compare() {
    pass(0);
    for (int side = 0; side < 2; side++) {
      compare("side " + side, model.sides[side], sides[side]);
      assertEquals(model.isOpen(side) ? 1 : 0, manager(side).peers().size(), "peers of " + side);
      if (model.isOpen(side)) {
        int pending = peer(side).statistics().pendingRequests();
        int own = pending - model.pending(side);
        assertTrue(own == 0 || own == 1, side + " waits for " + pending + ", " + own + " its own");
      }
    }
  }

  private static void compare(String name, SessionModel.Side expected, Side real) {
    assertEquals(expected.news, real.news, name + " heard of its peer");
    assertEquals(expected.received, real.received, name + " received");
    assertEquals(expected.ended, real.ended, () -> "how requests of " + name + " ended");
    assertEquals(
        expected.toAnswer.stream().sorted().toList(),
        real.toAnswer.keySet().stream().sorted().toList(),
        name + " was asked");
    Map<DropReason, Integer> drops = new HashMap<>();
    put(drops, DropReason.SESSION_CLOSED, expected.unsent + expected.unanswerable);
    put(drops, DropReason.UNMATCHED_ANSWER, expected.unmatched);
    assertEquals(drops, real.drops, name + " dropped");
    count(name, expected, real);
  }

  private static void put(Map<DropReason, Integer> drops, DropReason reason, int count) {
    if (count > 0) {
      drops.put(reason, count);
    }
  }

  /** The node asks for nodes of its own accord, once a session at most. */
  private static void count(String name, SessionModel.Side expected, Side real) {
    ManagerStatistics counted = real.node.manager().statistics();
    for (RequestOutcome outcome : RequestOutcome.values()) {
      long own = expected.ended.values().stream().filter(outcome::equals).count();
      boolean shared = outcome == RequestOutcome.ANSWERED || outcome == RequestOutcome.PEER_GONE;
      long more = counted.requests().get(outcome) - own;
      assertTrue(
          more >= 0 && more <= (shared ? expected.opened : 0),
          () -> name + " counts " + more + " too many " + outcome);
    }
    for (CloseReason.Code code : CloseReason.Code.values()) {
      assertEquals(
          expected.news.stream().filter(("-" + code)::equals).count(),
          counted.disconnected().get(code),
          () -> name + " counts peers gone by " + code);
    }
    assertEquals(0, counted.refused().values().stream().mapToLong(Long::longValue).sum());
  }

  /** All is answered and closed: nothing is held, by nobody. */
  void end() {
    pass(5 * SessionModel.LATENCY_MICROS);
    for (int side = 0; side < 2; side++) {
      close(side);
      compare();
      while (!model.sides[side].toAnswer.isEmpty()) {
        answer(side, 0);
      }
    }
    pass(1_000_000);
    compare();
    for (int side = 0; side < 2; side++) {
      ManagerStatistics left = manager(side).statistics();
      assertEquals(0, left.heldBytes(), "bytes held of side " + side);
      assertEquals(0, left.queuedBytes(), "bytes queued of side " + side);
      assertEquals(0, left.arrivingBytes(), "bytes arriving of side " + side);
      assertEquals(sides[side].asked.keySet(), sides[side].ended.keySet());
    }
    assertEquals(0, network.run().world().connectionCount(), "connections");
    assertEquals(0, network.run().world().unreleasedBytes(), "bytes of buffers");
    network.claims().assertHeld();
  }

  @Override
  public void close() {
    network.close();
  }
}
