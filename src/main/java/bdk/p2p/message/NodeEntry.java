package bdk.p2p.message;

import java.util.Objects;

/**
 * A node as others are told of it.
 *
 * @param type what the node serves
 * @param id where it listens
 */
public record NodeEntry(NodeType type, NodeId id) {
  /** Neither part may be null. */
  public NodeEntry {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(id, "id");
  }
}
