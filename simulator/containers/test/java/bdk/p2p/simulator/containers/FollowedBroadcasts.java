package bdk.p2p.simulator.containers;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Follows each broadcast of a report to each node that was among peers when it was published,
 * whatever happened to the node or its peers later. Excused is only who was told to stop too soon
 * for it to cross the network. Any thread.
 */
final class FollowedBroadcasts {
  /**
   * A session counts from so long after its first end opened it: the other end hears of it later.
   */
  private static final double OPENING_MILLIS = 500;

  private final JsonNode report;
  private final double dueMillis;
  private final double crossingMillis;
  private final List<String> lost = new ArrayList<>();
  private int reached;
  private int reachedWhoEnded;
  private int missedWhoEnded;

  /**
   * Follows all of them.
   *
   * @param dueMillis after so long each node must have it
   * @param crossingMillis who is told to stop so soon after the publication may miss it
   */
  FollowedBroadcasts(JsonNode report, double dueMillis, double crossingMillis) {
    this.report = report;
    this.dueMillis = dueMillis;
    this.crossingMillis = crossingMillis;
    for (JsonNode broadcast : report.get("broadcasts")) {
      for (JsonNode node : report.get("nodes")) {
        if (isConcerned(node, broadcast)) {
          follow(broadcast, node);
        }
      }
    }
  }

  /** Each delivery that should have been and was not. */
  List<String> lost() {
    return lost;
  }

  /** Deliveries to nodes that stayed. */
  int reached() {
    return reached;
  }

  /** Deliveries to nodes that were told to stop before the broadcast was due. */
  int reachedWhoEnded() {
    return reachedWhoEnded;
  }

  /** Nodes that were told to stop so soon that they may miss it, and did. */
  int missedWhoEnded() {
    return missedWhoEnded;
  }

  private void follow(JsonNode broadcast, JsonNode node) {
    double published = broadcast.get("publishedAtMillis").asDouble();
    double ended = endAfter(node, published) - published;
    double arrived = arrival(broadcast, node) - published;
    if (arrived <= dueMillis) {
      if (ended <= dueMillis) {
        reachedWhoEnded++;
      } else {
        reached++;
      }
    } else if (ended <= crossingMillis) {
      missedWhoEnded++;
    } else {
      lost.add(
          "%s, of %s, published at %.0f ms, told to stop %.0f ms later, had it after %.0f ms"
              .formatted(name(node), broadcast.get("origin").asText(), published, ended, arrived));
    }
  }

  /** Others than the publisher that had a session with a NORMAL node and were not stopping. */
  private boolean isConcerned(JsonNode node, JsonNode broadcast) {
    double published = broadcast.get("publishedAtMillis").asDouble();
    return isNormal(name(node))
        && !name(node).equals(broadcast.get("origin").asText())
        && !isStopping(node, published)
        && hasPeer(name(node), published);
  }

  /** A session that was open already when it was told to stop is still open. */
  private boolean isStopping(JsonNode node, double millis) {
    for (JsonNode end : node.get("crashedAtMillis")) {
      for (JsonNode link : report.get("links")) {
        if (isOf(link, name(node))
            && end.asDouble() <= millis
            && link.get("fromMillis").asDouble() <= end.asDouble()
            && millis <= link.get("untilMillis").asDouble()) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean hasPeer(String node, double millis) {
    for (JsonNode link : report.get("links")) {
      if (isOf(link, node)
          && isNormal(link.get("a").asText())
          && isNormal(link.get("b").asText())
          && link.get("fromMillis").asDouble() + OPENING_MILLIS <= millis
          && millis <= link.get("untilMillis").asDouble()) {
        return true;
      }
    }
    return false;
  }

  private boolean isNormal(String id) {
    for (JsonNode node : report.get("nodes")) {
      if (name(node).equals(id)) {
        return node.get("type").asText().equals("normal");
      }
    }
    throw new AssertionError("no node " + id);
  }

  private static boolean isOf(JsonNode link, String node) {
    return link.get("a").asText().equals(node) || link.get("b").asText().equals(node);
  }

  private static String name(JsonNode node) {
    return node.get("id").asText();
  }

  private static double endAfter(JsonNode node, double millis) {
    double first = Double.POSITIVE_INFINITY;
    for (JsonNode end : node.get("crashedAtMillis")) {
      first = end.asDouble() > millis ? Math.min(first, end.asDouble()) : first;
    }
    return first;
  }

  private static double arrival(JsonNode broadcast, JsonNode node) {
    for (JsonNode arrival : broadcast.get("arrivals")) {
      if (arrival.get("node").asText().equals(name(node))) {
        return arrival.get("atMillis").asDouble();
      }
    }
    return Double.POSITIVE_INFINITY;
  }
}
