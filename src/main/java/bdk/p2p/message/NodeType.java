package bdk.p2p.message;

/** What a node serves. */
public enum NodeType {
  /** Takes part in everything: requests, broadcasts, notifications. */
  NORMAL,
  /** Only tells nodes of each other: answers Ping and RequestNodes and gets nothing else. */
  DISCOVERY
}
