package bdk.p2p.manager;

import bdk.p2p.message.Command;
import bdk.p2p.message.MessageType;
import bdk.p2p.wire.FrameLimits;
import java.time.Duration;
import java.util.Map;

/** What holds for each command: payload bound, deadline, priority. Immutable; any thread. */
final class CommandTable implements FrameLimits {
  /** Room for more than 50,000 IPv6 entries: far above what any node lists, far below harm. */
  static final int NODE_LIST_LIMIT_BYTES = 1 << 20;

  /** A block range may take its time; the reference gives it this long. */
  private static final Duration BLOCK_DEADLINE = Duration.ofSeconds(60);

  private final ManagerOptions options;
  private final Map<Command, CommandOptions> special;

  CommandTable(ManagerOptions options, Map<Command, CommandOptions> special) {
    this.options = options;
    this.special = Map.copyOf(special);
  }

  @Override
  public int payloadLimitBytes(MessageType type, int commandCode) {
    int limit = of(Command.of(commandCode)).maxPayloadBytes().orElse(options.maxPayloadBytes());
    return holdsNodeList(commandCode) ? Math.min(NODE_LIST_LIMIT_BYTES, limit) : limit;
  }

  private static boolean holdsNodeList(int code) {
    return code == Command.INFO.code()
        || code == Command.REQUEST_NODES.code()
        || code == Command.NOTIFY_INFO.code();
  }

  Duration deadline(Command command) {
    Duration common =
        command.equals(Command.REQUEST_BLOCK) ? BLOCK_DEADLINE : options.requestTimeout();
    return of(command).deadline().orElse(common);
  }

  boolean isUrgent(Command command) {
    return command.equals(Command.PING) || of(command).priority() == CommandOptions.Priority.URGENT;
  }

  private CommandOptions of(Command command) {
    return special.getOrDefault(command, CommandOptions.defaults());
  }
}
