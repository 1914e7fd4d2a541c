package bdk.p2p.simulator.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The way from one machine to another that a relay makes. Immutable.
 *
 * @param to the index of the other machine
 * @param address where it is
 * @param outNanos how long what this machine sends takes at least
 * @param backNanos how long what the other sends takes at least
 * @param jitter the part of either by which a segment may take longer
 * @param outBits a second that pass there, 0 for no limit
 * @param backBits a second that pass back, 0 for no limit
 */
record Route(
    int to,
    String address,
    long outNanos,
    long backNanos,
    double jitter,
    long outBits,
    long backBits) {
  static ObjectNode write(List<Route> routes) {
    ObjectNode command = ControlLine.saying("do", "relay");
    ArrayNode list = command.putArray("routes");
    for (Route route : routes) {
      list.addObject()
          .put("to", route.to)
          .put("address", route.address)
          .put("outNanos", route.outNanos)
          .put("backNanos", route.backNanos)
          .put("jitter", route.jitter)
          .put("outBits", route.outBits)
          .put("backBits", route.backBits);
    }
    return command;
  }

  static List<Route> of(JsonNode command) {
    List<Route> routes = new ArrayList<>();
    for (JsonNode one : command.path("routes")) {
      routes.add(
          new Route(
              one.path("to").asInt(),
              one.path("address").asText(),
              one.path("outNanos").asLong(),
              one.path("backNanos").asLong(),
              one.path("jitter").asDouble(),
              one.path("outBits").asLong(),
              one.path("backBits").asLong()));
    }
    return routes;
  }
}
