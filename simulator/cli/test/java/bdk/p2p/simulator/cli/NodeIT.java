package bdk.p2p.simulator.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code bdk-sim node} as processes of its own that talk over the loopback. */
class NodeIT {
  /** Only peers given on the command line; nobody is looked for. */
  private static NodeProcess node(String... arguments) throws Exception {
    String[] all = new String[arguments.length + 2];
    all[0] = "--min";
    all[1] = "0";
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return NodeProcess.start(all);
  }

  /** Two nodes, the second connected to the first. */
  private static final class Pair implements AutoCloseable {
    final NodeProcess first;
    final String firstAddress;
    final NodeProcess second;
    final String secondAddress;

    Pair(String... secondArguments) throws Exception {
      first = node();
      firstAddress = first.listening();
      String[] all = new String[secondArguments.length + 2];
      all[0] = "--peer";
      all[1] = firstAddress;
      System.arraycopy(secondArguments, 0, all, 2, secondArguments.length);
      second = node(all);
      secondAddress = second.listening();
      JsonNode accepted = first.await("connected");
      assertEquals(secondAddress, accepted.get("peer").textValue());
      assertEquals("inbound", accepted.get("direction").textValue());
      JsonNode dialled = second.await("connected");
      assertEquals(firstAddress, dialled.get("peer").textValue());
      assertEquals("outbound", dialled.get("direction").textValue());
    }

    @Override
    public void close() throws IOException {
      first.close();
      second.close();
    }
  }

  private static void assertError(String reason, JsonNode event) {
    assertEquals("error", event.get("event").textValue(), event::toString);
    assertTrue(event.get("reason").textValue().contains(reason), event::toString);
  }

  @Test
  void everyCommandIsAnswered() throws Exception {
    try (Pair pair = new Pair()) {
      NodeProcess node = pair.second;
      String peer = pair.firstAddress;
      JsonNode peers = node.ask("peers").get("peers");
      assertEquals(1, peers.size());
      assertEquals(peer, peers.get(0).get("peer").textValue());
      assertEquals("normal", peers.get(0).get("type").textValue());
      assertTrue(node.ask("ping " + peer).get("micros").longValue() > 0);
      JsonNode nodes = node.ask("nodes " + peer);
      assertTrue(nodes.get("nodes").isArray(), nodes::toString);
      JsonNode info = node.ask("info " + peer);
      assertTrue(info.get("hash").textValue().matches("[0-9a-f]{64}"), info::toString);
      assertEquals(
          "00ff7e", node.ask("request " + peer + " 4096 00ff7e").get("payload").textValue());
      assertEquals("", node.ask("request " + peer + " 4096").get("payload").textValue());
      assertEquals("answer", node.ask("notify " + peer + " 5000 abcd").get("event").textValue());
      JsonNode notified = pair.first.await("notification");
      assertEquals(5000, notified.get("command").intValue());
      assertEquals("abcd", notified.get("payload").textValue());
      assertEquals(pair.secondAddress, notified.get("peer").textValue());
    }
  }

  @Test
  void badCommandsAreErrorsAndTheNodeGoesOn() throws Exception {
    try (Pair pair = new Pair()) {
      NodeProcess node = pair.second;
      String peer = pair.firstAddress;
      assertError("unknown command", node.ask("frob"));
      assertError("expected 1 arguments, found 0", node.ask("ping"));
      assertError("expected 0 arguments, found 1", node.ask("peers x"));
      assertError("there is no peer 127.0.0.1:1", node.ask("ping 127.0.0.1:1"));
      assertError("'nobody' is not an address", node.ask("ping nobody"));
      assertError("expected a command from 0 to 65535", node.ask("request " + peer + " x 00"));
      assertError("expected a command from 0 to 65535", node.ask("request " + peer + " 65536 00"));
      assertError("expected pairs of hexadecimal", node.ask("request " + peer + " 4096 0"));
      assertError("expected pairs of hexadecimal", node.ask("broadcast 5 xy"));
      assertError("NotifyInfo cannot be of type BROADCAST", node.ask("broadcast 8 00"));
      assertError("127.0.0.1:1", node.ask("connect 127.0.0.1:1"));
      assertError("'x' is not an address", node.ask("connect x"));
      node.tell("");
      node.tell("   ");
      assertEquals("answer", node.ask("  ping   " + peer + "  ").get("event").textValue());
      assertEquals("", node.errors());
    }
  }

  @Test
  void requestThatNobodyHandlesTimesOut() throws Exception {
    try (Pair pair = new Pair()) {
      assertError("TIMED_OUT", pair.second.ask("request " + pair.firstAddress + " 7"));
    }
  }

  @Test
  void broadcastPassesThroughTheMiddleAndIsShownOnce() throws Exception {
    try (Pair pair = new Pair();
        NodeProcess third = node("--peer", pair.secondAddress)) {
      String thirdAddress = third.listening();
      third.await("connected");
      pair.second.await(
          event ->
              event.get("event").textValue().equals("connected")
                  && event.get("peer").textValue().equals(thirdAddress));
      for (int repetition = 0; repetition < 2; repetition++) {
        JsonNode sent = pair.first.ask("broadcast 5 c0ffee");
        assertEquals("answer", sent.get("event").textValue(), sent::toString);
        assertEquals(1, sent.get("peers").intValue());
      }
      JsonNode relayed = third.await("broadcast");
      assertEquals("c0ffee", relayed.get("payload").textValue());
      assertEquals(5, relayed.get("command").intValue());
      assertEquals(pair.secondAddress, relayed.get("peer").textValue());
      // What is published after it comes after it: nothing of the first is under way any more.
      pair.first.ask("broadcast 6 01");
      assertEquals(6, third.await("broadcast").get("command").intValue());
      assertEquals("c0ffee", pair.second.await("broadcast").get("payload").textValue());
      assertEquals(6, pair.second.await("broadcast").get("command").intValue());
      assertEquals(0, broadcasts(pair.first) + broadcasts(pair.second) + broadcasts(third));
    }
  }

  private static long broadcasts(NodeProcess node) throws Exception {
    return node.unread().stream()
        .filter(event -> event.get("event").textValue().equals("broadcast"))
        .count();
  }

  @Test
  void quietNodeShowsNoMessagesAndRelaysThem() throws Exception {
    try (Pair pair = new Pair("--quiet");
        NodeProcess third = node("--peer", pair.secondAddress)) {
      third.await("connected");
      pair.second.await("connected");
      pair.first.ask("notify " + pair.secondAddress + " 5000 01");
      pair.first.ask("broadcast 5 01");
      assertEquals("01", third.await("broadcast").get("payload").textValue());
      pair.second.ask("peers");
      assertEquals(0, broadcasts(pair.second));
      assertTrue(
          pair.second.unread().stream()
              .noneMatch(event -> event.get("event").textValue().equals("notification")));
    }
  }

  @Test
  void discoveryNodeGetsNoBroadcastsAndSendsNone() throws Exception {
    try (Pair pair = new Pair("--type", "discovery")) {
      JsonNode peers = pair.first.ask("peers").get("peers");
      assertEquals("discovery", peers.get(0).get("type").textValue());
      assertEquals(0, pair.first.ask("broadcast 5 01").get("peers").intValue());
      assertError("discovery node", pair.second.ask("broadcast 5 01"));
      assertTrue(pair.second.ask("ping " + pair.firstAddress).has("micros"));
    }
  }

  @Test
  void connectAndDisconnectAreSeenOnBothSides() throws Exception {
    try (NodeProcess first = node();
        NodeProcess second = node()) {
      String firstAddress = first.listening();
      String secondAddress = second.listening();
      JsonNode connected = second.ask("connect " + firstAddress);
      assertEquals("answer", connected.get("event").textValue(), connected::toString);
      first.await("connected");
      second.await("connected");
      JsonNode gone = second.ask("disconnect " + firstAddress);
      assertEquals("answer", gone.get("event").textValue(), gone::toString);
      assertEquals("DISCONNECTED", second.await("disconnected").get("reason").textValue());
      JsonNode seen = first.await("disconnected");
      assertEquals(secondAddress, seen.get("peer").textValue());
      assertEquals("CLOSED_BY_PEER", seen.get("reason").textValue());
    }
  }

  @Test
  void quitEndsWithZeroAndThePeerSeesAnOrderlyEnd() throws Exception {
    try (Pair pair = new Pair()) {
      pair.second.tell("quit");
      assertEquals(0, pair.second.exitCode());
      assertEquals("CLOSED_BY_PEER", pair.first.await("disconnected").get("reason").textValue());
      assertEquals("", pair.second.errors());
    }
  }

  @Test
  void closedInputLeavesTheNodeRunningUntilSignalStopsIt() throws Exception {
    try (Pair pair = new Pair()) {
      pair.second.closeInput();
      assertTrue(pair.first.ask("ping " + pair.secondAddress).has("micros"));
      assertTrue(pair.second.isAlive());
      pair.second.terminate();
      assertEquals("CLOSED_BY_PEER", pair.first.await("disconnected").get("reason").textValue());
      assertEquals(143, pair.second.exitCode());
      assertEquals("", pair.second.errors());
    }
  }

  @Test
  void signalStopsNodeWhoseInputIsOpen() throws Exception {
    try (Pair pair = new Pair()) {
      pair.second.terminate();
      assertEquals("CLOSED_BY_PEER", pair.first.await("disconnected").get("reason").textValue());
      assertEquals(143, pair.second.exitCode());
    }
  }

  @TempDir Path work;

  @Test
  void portInUseIsBadUsage() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      PackagedSimulator.Ended ended =
          PackagedSimulator.start(work, "node", "--listen", address).end();
      assertEquals(2, ended.exitCode(), ended::errors);
      assertEquals("", ended.output());
      assertTrue(ended.errors().startsWith("bdk-sim: --listen: "), ended::errors);
      assertTrue(ended.errors().contains(address), ended::errors);
      assertEquals(1, ended.errors().lines().count(), ended::errors);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--min 9 --max 8 | minPeers",
        "--max 0 | maxPeers",
        "--min -1 | minPeers",
        "--min x | --min",
        "--type other | --type",
        "--peer nowhere | HOST:PORT",
        "--peer 127.0.0.1:65536 | HOST:PORT",
        "--peer 127.0.0.1:0 | --peer: nothing can listen",
      })
  void badOptionIsNamed(String options, String complaint) throws Exception {
    String[] words = ("node --listen 127.0.0.1:0 " + options).split(" ");
    PackagedSimulator.Ended ended = PackagedSimulator.start(work, words).end();
    assertEquals(2, ended.exitCode(), ended::errors);
    assertEquals("", ended.output());
    assertTrue(ended.errors().contains(complaint), ended::errors);
  }
}
