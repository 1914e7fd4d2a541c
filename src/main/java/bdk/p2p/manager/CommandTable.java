package bdk.p2p.manager;

import bdk.p2p.message.Command;
import bdk.p2p.message.MessageType;
import bdk.p2p.session.InboundRates;
import bdk.p2p.wire.FrameLimits;
import bdk.p2p.wire.NodeInfoCodec;
import bdk.p2p.wire.NodeListCodec;
import bdk.p2p.wire.PayloadRules;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What holds for each command: payload bound, deadline, priority, where handlers run. Immutable;
 * any thread.
 */
final class CommandTable implements FrameLimits {
  /** Room for more than 50,000 IPv6 entries: far above what any node lists, far below harm. */
  static final int NODE_LIST_LIMIT_BYTES = 1 << 20;

  /**
   * Peers that a NodeInfo names at most. It goes to every peer each second: one with 10,000 of them
   * that named all would send 800 MB a second, and no peer keeps so long a list.
   */
  static final int MOST_IN_INFO = 1_000;

  /** A block range may take its time; the reference gives it this long. */
  private static final Duration BLOCK_DEADLINE = Duration.ofSeconds(60);

  /** The reference tells each peer of itself a hundred times a second: ten times as much passes. */
  private static final List<Map.Entry<Command, Rate>> CORE_RATES =
      List.of(
          Map.entry(Command.PING, new Rate(1000, 2000)),
          Map.entry(Command.NOTIFY_INFO, new Rate(1000, 2000)),
          Map.entry(Command.INFO, new Rate(100, 400)),
          Map.entry(Command.REQUEST_NODES, new Rate(100, 400)));

  private final ManagerOptions options;
  private final Map<Command, CommandOptions> special;
  private final BitSet light = new BitSet();

  CommandTable(ManagerOptions options, Map<Command, CommandOptions> special) {
    this.options = options;
    this.special = Map.copyOf(special);
    special.forEach((command, one) -> light.set(command.code(), one.light()));
    special.forEach(
        (command, one) ->
            one.maxPayloadBytes().ifPresent(bytes -> checkTotals(options, command, bytes)));
  }

  /** One message alone must never be too much for all. */
  private static void checkTotals(ManagerOptions options, Command command, int bytes) {
    checkTotal(command, bytes, "totalArrivingBytes", options.totalArrivingBytes());
    checkTotal(command, bytes, "totalInboxBytes", options.totalInboxBytes());
    checkTotal(command, bytes, "totalOutboundBytes", options.totalOutboundBytes());
  }

  private static void checkTotal(Command command, int bytes, String name, long total) {
    if (bytes > total) {
      throw new IllegalArgumentException(
          "maxPayloadBytes of %s is %d, above %s of %d".formatted(command, bytes, name, total));
    }
  }

  @Override
  public int payloadLimitBytes(MessageType type, Command command) {
    int limit = of(command).maxPayloadBytes().orElse(options.maxPayloadBytes());
    int most = Math.min(limit, PayloadRules.mostBytes(type, command));
    return holdsNodeList(command.code()) ? Math.min(NODE_LIST_LIMIT_BYTES, most) : most;
  }

  private static boolean holdsNodeList(int code) {
    return code == Command.INFO.code()
        || code == Command.REQUEST_NODES.code()
        || code == Command.NOTIFY_INFO.code();
  }

  /** How many peers an answer to RequestNodes may name. */
  int nodesInAnswer() {
    int fitting =
        NodeListCodec.entriesWithin(payloadLimitBytes(MessageType.ANSWER, Command.REQUEST_NODES));
    return Math.min(options.addressesPerAnswer(), fitting);
  }

  /** How many peers a NodeInfo may name, in whichever message it leaves. */
  int nodesInInfo() {
    int asked =
        Math.min(
            payloadLimitBytes(MessageType.REQUEST, Command.INFO),
            payloadLimitBytes(MessageType.ANSWER, Command.INFO));
    int told = payloadLimitBytes(MessageType.NOTIFICATION, Command.NOTIFY_INFO);
    return Math.min(MOST_IN_INFO, NodeInfoCodec.peersWithin(Math.min(asked, told)));
  }

  Duration deadline(Command command) {
    Duration common =
        command.equals(Command.REQUEST_BLOCK) ? BLOCK_DEADLINE : options.requestTimeout();
    return of(command).deadline().orElse(common);
  }

  boolean isUrgent(Command command) {
    return command.equals(Command.PING) || of(command).priority() == CommandOptions.Priority.URGENT;
  }

  /** True if the command's handlers run on the event loop. */
  boolean isLight(Command command) {
    return light.get(command.code());
  }

  /** What bounds how fast messages of each command are read; those of the core have bounds. */
  InboundRates rates(Predicate<InetAddress> exempt) {
    Map<Command, List<InboundRates.Limit>> limits = new LinkedHashMap<>();
    CORE_RATES.forEach(
        core -> limits.put(core.getKey(), new ArrayList<>(List.of(limit(false, core.getValue())))));
    special.forEach(
        (command, one) -> {
          List<InboundRates.Limit> own = limits.computeIfAbsent(command, same -> new ArrayList<>());
          one.messageRate()
              .ifPresent(
                  rate -> {
                    own.clear();
                    own.add(limit(false, rate));
                  });
          one.byteRate().ifPresent(rate -> own.add(limit(true, rate)));
        });
    limits.values().removeIf(List::isEmpty);
    List<InboundRates.Limit> inAll = new ArrayList<>();
    options.messageRate().ifPresent(rate -> inAll.add(limit(false, rate)));
    options.byteRate().ifPresent(rate -> inAll.add(limit(true, rate)));
    return new InboundRates(inAll, limits, exempt);
  }

  private static InboundRates.Limit limit(boolean ofBytes, Rate rate) {
    return new InboundRates.Limit(ofBytes, rate.perSecond(), rate.burst());
  }

  private CommandOptions of(Command command) {
    return special.getOrDefault(command, CommandOptions.defaults());
  }
}
