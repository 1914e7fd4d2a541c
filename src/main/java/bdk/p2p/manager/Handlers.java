package bdk.p2p.manager;

import bdk.p2p.message.Command;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The application's handlers: by command, else by the first rule that lets the command through.
 * Filled by the builder, then only read.
 */
final class Handlers {
  private static final Set<Command> OF_THE_CORE =
      Set.of(Command.PING, Command.INFO, Command.REQUEST_NODES, Command.NOTIFY_INFO);

  /** One kind of handlers. */
  static final class Kind<H> {
    private record Rule<H>(Predicate<Command> commands, H handler) {}

    private final String name;
    private final Map<Command, H> byCommand = new LinkedHashMap<>();
    private final List<Rule<H>> rules = new ArrayList<>();

    private Kind(String name) {
      this.name = name;
    }

    void put(Command command, H handler) {
      if (OF_THE_CORE.contains(command)) {
        throw new IllegalArgumentException(command + " is handled by the core");
      }
      if (byCommand.putIfAbsent(command, handler) != null) {
        throw new IllegalArgumentException(
            "there is a " + name + " handler for " + command + " already");
      }
    }

    void put(Predicate<Command> commands, H handler) {
      rules.add(new Rule<>(commands, handler));
    }

    private boolean isEmpty() {
      return byCommand.isEmpty() && rules.isEmpty();
    }

    Optional<H> find(Command command) {
      H exact = byCommand.get(command);
      if (exact != null) {
        return Optional.of(exact);
      }
      for (Rule<H> rule : rules) {
        if (rule.commands().test(command)) {
          return Optional.of(rule.handler());
        }
      }
      return Optional.empty();
    }
  }

  final Kind<AsyncRequestHandler> requests = new Kind<>("request");
  final Kind<AsyncBroadcastHandler> broadcasts = new Kind<>("broadcast");
  final Kind<NotificationHandler> notifications = new Kind<>("notification");

  boolean areNone() {
    return requests.isEmpty() && broadcasts.isEmpty() && notifications.isEmpty();
  }
}
