package bdk.p2p.simulator.scenario;

import bdk.p2p.manager.GuardOptions;
import bdk.p2p.manager.ManagerOptions;
import bdk.p2p.manager.Rate;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Reads the field {@code options} of a node group: the bounds and times of a node, by the names
 * that {@link ManagerOptions} gives them. No state.
 */
final class OptionFields {
  private static final Map<String, BiConsumer<ManagerOptions.Builder, YamlValue>> OPTIONS =
      options();

  private OptionFields() {}

  /** The options that a file may set. */
  static Set<String> names() {
    return OPTIONS.keySet();
  }

  static void read(YamlValue value, ManagerOptions.Builder builder) {
    value.only(OPTIONS.keySet().toArray(String[]::new));
    OPTIONS.forEach(
        (name, option) -> value.find(name).ifPresent(one -> option.accept(builder, one)));
  }

  /** Writes those that are not what they are by default. */
  static void write(ManagerOptions options, YamlText text) {
    // Some defaults follow from these two, which a group has as fields of its own.
    ManagerOptions defaults =
        ManagerOptions.builder().maxPeers(options.maxPeers()).minPeers(options.minPeers()).build();
    Map<String, String> others = new LinkedHashMap<>();
    for (RecordComponent component : ManagerOptions.class.getRecordComponents()) {
      Object value = value(options, component);
      if (OPTIONS.containsKey(component.getName()) && !value.equals(value(defaults, component))) {
        others.put(component.getName(), text(value));
      }
    }
    if (!others.isEmpty()) {
      text.below("options", () -> text.fields(others));
    }
  }

  private static String text(Object value) {
    if (value instanceof Duration time) {
      return YamlText.of(time);
    }
    if (value instanceof Optional<?> rate) {
      return GuardFields.text((Rate) rate.orElseThrow());
    }
    return value instanceof GuardOptions guard
        ? GuardFields.text(guard).orElse("{}")
        : value.toString();
  }

  private static Object value(ManagerOptions options, RecordComponent component) {
    try {
      return component.getAccessor().invoke(options);
    } catch (ReflectiveOperationException cause) {
      throw new IllegalStateException("a public record's accessors can be called", cause);
    }
  }

  private static Map<String, BiConsumer<ManagerOptions.Builder, YamlValue>> options() {
    Map<String, BiConsumer<ManagerOptions.Builder, YamlValue>> all = new LinkedHashMap<>();
    all.put("connectTimeout", (builder, one) -> builder.connectTimeout(time(one)));
    all.put("handshakeTimeout", (builder, one) -> builder.handshakeTimeout(time(one)));
    all.put("frameTimeout", (builder, one) -> builder.frameTimeout(time(one)));
    all.put("requestTimeout", (builder, one) -> builder.requestTimeout(time(one)));
    all.put("idleTimeout", (builder, one) -> builder.idleTimeout(time(one)));
    all.put("writeStallTimeout", (builder, one) -> builder.writeStallTimeout(time(one)));
    all.put("probeTimeout", (builder, one) -> builder.probeTimeout(time(one)));
    all.put("stopTimeout", (builder, one) -> builder.stopTimeout(time(one)));
    all.put("infoInterval", (builder, one) -> builder.infoInterval(time(one)));
    all.put("discoveryInterval", (builder, one) -> builder.discoveryInterval(time(one)));
    all.put(
        "discoveryRestingInterval", (builder, one) -> builder.discoveryRestingInterval(time(one)));
    all.put("outboundSlots", (builder, one) -> builder.outboundSlots(one.number(0, 1 << 20)));
    all.put("inboundPerNetwork", (builder, one) -> builder.inboundPerNetwork(count(one)));
    all.put("maxHandshakes", (builder, one) -> builder.maxHandshakes(count(one)));
    all.put("maxDials", (builder, one) -> builder.maxDials(count(one)));
    all.put("outboundMessages", (builder, one) -> builder.outboundMessages(count(one)));
    all.put("inboxMessages", (builder, one) -> builder.inboxMessages(count(one)));
    all.put("pendingRequests", (builder, one) -> builder.pendingRequests(count(one)));
    all.put(
        "maxPayloadBytes", (builder, one) -> builder.maxPayloadBytes(one.number(0, 134_217_717)));
    all.put("seenBroadcasts", (builder, one) -> builder.seenBroadcasts(count(one)));
    all.put("knownAddresses", (builder, one) -> builder.knownAddresses(count(one)));
    all.put("addressesPerAnswer", (builder, one) -> builder.addressesPerAnswer(count(one)));
    all.put("outboundBytes", (builder, one) -> builder.outboundBytes(bytes(one)));
    all.put("inboxBytes", (builder, one) -> builder.inboxBytes(bytes(one)));
    all.put("messageRate", (builder, one) -> builder.messageRate(GuardFields.rate(one)));
    all.put("byteRate", (builder, one) -> builder.byteRate(GuardFields.rate(one)));
    all.put("totalInboxMessages", (builder, one) -> builder.totalInboxMessages(count(one)));
    all.put("totalInboxBytes", (builder, one) -> builder.totalInboxBytes(bytes(one)));
    all.put("totalArrivingBytes", (builder, one) -> builder.totalArrivingBytes(bytes(one)));
    all.put("totalOutboundBytes", (builder, one) -> builder.totalOutboundBytes(bytes(one)));
    all.put("guard", (builder, one) -> builder.guard(GuardFields.read(one)));
    return all;
  }

  private static Duration time(YamlValue value) {
    return value.duration(Duration.ofMillis(1), Duration.ofHours(1));
  }

  private static int count(YamlValue value) {
    return value.number(1, Integer.MAX_VALUE);
  }

  private static long bytes(YamlValue value) {
    return value.number(1L, Long.MAX_VALUE);
  }
}
