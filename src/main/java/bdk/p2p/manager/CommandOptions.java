package bdk.p2p.manager;

import bdk.p2p.wire.FrameEncoder;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is special about one command. Immutable; start from {@link #defaults()}.
 *
 * @param maxPayloadBytes the largest payload taken from a peer and sent to one, 0 to 134,217,717;
 *     empty for the node's {@link ManagerOptions#maxPayloadBytes()}. A larger one is a protocol
 *     violation of a peer, and none is sent. Info, RequestNodes and NotifyInfo are bound by 1 MiB
 *     in any case
 * @param deadline how long a request of this command waits for its answer from the call on, and a
 *     later answer or verdict of a handler may take; empty for the node's {@link
 *     ManagerOptions#requestTimeout()}, but for RequestBlock 60 s
 * @param messageRate how many messages of this command are read from one address; whoever sends
 *     faster is read no faster; empty for no bound, but Ping and NotifyInfo have 1,000 a second and
 *     2,000 at once, Info and RequestNodes 100 a second and 400 at once
 * @param byteRate how many frame bytes of this command are read from one address, in the same way;
 *     empty for no bound
 * @param priority whether messages of this command leave before others
 * @param light true if the command's handlers, and what depends on futures of its requests, return
 *     within microseconds and never block. They then run on the event loop of the peer's session,
 *     which saves two changes of threads, unless earlier messages of the peer wait for a worker. An
 *     event loop serves many peers: what blocks there keeps all of them waiting
 */
public record CommandOptions(
    OptionalInt maxPayloadBytes,
    Optional<Duration> deadline,
    Optional<Rate> messageRate,
    Optional<Rate> byteRate,
    Priority priority,
    boolean light) {
  private static final CommandOptions DEFAULTS =
      new CommandOptions(
          OptionalInt.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Priority.NORMAL,
          false);

  /** In which order messages to one peer leave. */
  public enum Priority {
    /** In the order of the calls. */
    NORMAL,
    /**
     * Before everything that is not urgent, in the order of the calls, together with pings and
     * small answers. For small messages: one of more than 16 KiB with its header takes its turn
     * with the others.
     */
    URGENT
  }

  /**
   * @throws IllegalArgumentException naming the option, its limit and the value
   */
  public CommandOptions {
    Objects.requireNonNull(priority, "priority");
    maxPayloadBytes.ifPresent(
        bytes -> {
          if (bytes < 0 || bytes > FrameEncoder.MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException(
                "maxPayloadBytes is "
                    + bytes
                    + ", not within 0 to "
                    + FrameEncoder.MAX_PAYLOAD_BYTES);
          }
        });
    deadline.ifPresent(
        limit -> {
          if (limit.isNegative() || limit.isZero() || limit.compareTo(Duration.ofDays(365)) > 0) {
            throw new IllegalArgumentException(
                "deadline is " + limit + ", not above zero and at most 365 days");
          }
        });
  }

  /** Nothing special. */
  public static CommandOptions defaults() {
    return DEFAULTS;
  }

  /** The same with this payload bound. */
  public CommandOptions withMaxPayloadBytes(int bytes) {
    return new CommandOptions(
        OptionalInt.of(bytes), deadline, messageRate, byteRate, priority, light);
  }

  /** The same with this deadline. */
  public CommandOptions withDeadline(Duration limit) {
    return new CommandOptions(
        maxPayloadBytes, Optional.of(limit), messageRate, byteRate, priority, light);
  }

  /** The same with this bound on messages. */
  public CommandOptions withMessageRate(Rate rate) {
    return new CommandOptions(
        maxPayloadBytes, deadline, Optional.of(rate), byteRate, priority, light);
  }

  /** The same with this bound on bytes. */
  public CommandOptions withByteRate(Rate rate) {
    return new CommandOptions(
        maxPayloadBytes, deadline, messageRate, Optional.of(rate), priority, light);
  }

  /** The same with this priority. */
  public CommandOptions withPriority(Priority value) {
    return new CommandOptions(maxPayloadBytes, deadline, messageRate, byteRate, value, light);
  }

  /** The same with light handlers. */
  public CommandOptions withLightHandlers() {
    return new CommandOptions(maxPayloadBytes, deadline, messageRate, byteRate, priority, true);
  }
}
