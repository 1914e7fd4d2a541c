package bdk.p2p.simulator.remote;

import bdk.p2p.manager.ManagerStatistics;
import bdk.p2p.manager.Peer;
import bdk.p2p.message.Ban;
import bdk.p2p.message.CloseReason;
import bdk.p2p.message.Command;
import bdk.p2p.message.DropReason;
import bdk.p2p.message.MessageType;
import bdk.p2p.message.NodeId;
import bdk.p2p.simulator.run.NodeReports;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Puts into words what a node tells of itself, for whoever is at the other end of the control
 * connection. Any thread; peers have numbers, as many as there are peers now, guarded by this.
 */
final class AgentReports implements NodeReports {
  private final AgentVoice voice;
  private final Map<Peer, Integer> numbers = new LinkedHashMap<>();
  private int next;

  AgentReports(AgentVoice voice) {
    this.voice = voice;
  }

  private static ObjectNode event(String kind, long nanos) {
    return ControlLine.saying("event", kind).put("nanos", nanos);
  }

  @Override
  public void up(long nanos) {
    voice.say(event("up", nanos));
  }

  @Override
  public synchronized void connected(long nanos, Peer peer) {
    numbers.put(peer, next++);
    voice.say(connection(nanos, peer));
  }

  private ObjectNode connection(long nanos, Peer peer) {
    return event("connected", nanos)
        .put("peer", numbers.get(peer))
        .put("id", peer.id().toString())
        .put("type", peer.type().name())
        .put("direction", peer.direction().name())
        .put("address", NodeId.of(peer.address()).toString())
        .put("since", nanos - peer.age().toNanos());
  }

  /** Tells somebody new of the peers that there are. */
  synchronized void tellAll(long nanos) {
    numbers.keySet().forEach(peer -> voice.say(connection(nanos, peer)));
  }

  @Override
  public synchronized void disconnected(long nanos, Peer peer, CloseReason reason) {
    Integer number = numbers.remove(peer);
    if (number != null) {
      voice.say(why(event("disconnected", nanos).put("peer", number), reason));
    }
  }

  private static ObjectNode why(ObjectNode event, CloseReason reason) {
    return event.put("reason", reason.code().name()).put("detail", reason.detail());
  }

  @Override
  public void refused(long nanos, InetSocketAddress address, CloseReason reason) {
    voice.say(why(event("refused", nanos).put("address", NodeId.of(address).toString()), reason));
  }

  @Override
  public void banned(long nanos, Ban ban) {
    voice.say(
        event("banned", nanos)
            .put("address", ban.address().getHostAddress())
            .put("bits", ban.prefixBits())
            .put("until", ban.until().toString())
            .put("why", ban.why()));
  }

  @Override
  public void handled(long nanos, Command command, long index, int bytes) {
    voice.say(broadcast("handled", nanos, command, index, bytes));
  }

  @Override
  public void duplicate(long nanos, Command command, long index, int bytes) {
    voice.say(broadcast("duplicate", nanos, command, index, bytes));
  }

  private static ObjectNode broadcast(
      String kind, long nanos, Command command, long index, int bytes) {
    return event(kind, nanos)
        .put("command", command.code())
        .put("index", index)
        .put("bytes", bytes);
  }

  @Override
  public void dropped(long nanos, Peer peer, MessageType type, DropReason reason) {
    ObjectNode event = event("dropped", nanos).put("type", type.name()).put("why", reason.name());
    number(peer).ifPresent(number -> event.put("peer", number));
    voice.say(event);
  }

  @Override
  public void handlerFailed(long nanos, String what) {
    voice.say(event("handler-failed", nanos).put("what", what));
  }

  @Override
  public void notified(long nanos, Peer peer, int sender, int life, long number) {
    ObjectNode event =
        event("notified", nanos).put("sender", sender).put("life", life).put("number", number);
    number(peer).ifPresent(one -> event.put("peer", one));
    voice.say(event);
  }

  /** A request of the workload ended. */
  void settled(long nanos, long request, Optional<Integer> answerer, Optional<String> failure) {
    ObjectNode event = event("settled", nanos).put("request", request);
    answerer.ifPresent(one -> event.put("answerer", one));
    failure.ifPresent(why -> event.put("failure", why));
    voice.say(event);
  }

  /** How it is now. */
  void state(long nanos, ManagerStatistics statistics, Map<Integer, Long> delayed) {
    ObjectNode event = event("state", nanos);
    event.set("statistics", ControlLine.mapper().valueToTree(statistics));
    ObjectNode peers = event.putObject("peers");
    for (Map.Entry<Peer, Integer> one : copy().entrySet()) {
      peers.set(
          one.getValue().toString(), ControlLine.mapper().valueToTree(one.getKey().statistics()));
    }
    ObjectNode faults = event.putObject("delayed");
    delayed.forEach((fault, count) -> faults.put(fault.toString(), count));
    voice.say(event);
  }

  private synchronized Map<Peer, Integer> copy() {
    return new LinkedHashMap<>(numbers);
  }

  private synchronized Optional<Integer> number(Peer peer) {
    return Optional.ofNullable(numbers.get(peer));
  }
}
