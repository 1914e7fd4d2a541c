package bdk.p2p.simulator.scenario;

import bdk.p2p.simulator.fault.ClockSkew;
import bdk.p2p.simulator.fault.Delay;
import bdk.p2p.simulator.fault.Fault;
import bdk.p2p.simulator.fault.Scope;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What {@link FaultFields} reads, written: the kind is the name of the fault's record, its fields
 * are the record's components, but for the few that files call otherwise. No state.
 */
final class FaultText {
  private FaultText() {}

  /** The kind and the fields that only it has, as text, in order. */
  static Map<String, String> of(Fault fault) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("kind", kind(fault));
    if (fault instanceof ClockSkew skew) {
      fields.put(
          skewName(skew), YamlText.of(skew.most().isZero() ? skew.least() : skew.most().abs()));
      return fields;
    }
    for (RecordComponent component : components(fault)) {
      text(value(fault, component)).ifPresent(text -> fields.put(name(component), text));
    }
    return fields;
  }

  private static String kind(Fault fault) {
    String words = fault.getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-");
    return fault instanceof Delay ? "latency" : words.toLowerCase(Locale.ROOT);
  }

  private static String name(RecordComponent component) {
    return component.getType() == Scope.class ? "direction" : component.getName();
  }

  private static String skewName(ClockSkew skew) {
    if (skew.least().equals(skew.most())) {
      return skew.most().isNegative() ? "behind" : "ahead";
    }
    if (skew.least().equals(skew.most().negated())) {
      return "upTo";
    }
    throw new ScenarioException(
        "a clock skew from %s to %s cannot be written, expected one figure or one on both sides of 0"
            .formatted(skew.least(), skew.most()));
  }

  private static RecordComponent[] components(Fault fault) {
    if (!fault.getClass().isRecord()) {
      throw new ScenarioException(
          "a fault of kind %s cannot be written, expected a record".formatted(fault.kind()));
    }
    return fault.getClass().getRecordComponents();
  }

  private static Object value(Fault fault, RecordComponent component) {
    try {
      return component.getAccessor().invoke(fault);
    } catch (ReflectiveOperationException cause) {
      throw new ScenarioException(
          "a fault of kind %s cannot be written: %s".formatted(fault.kind(), cause));
    }
  }

  private static Optional<String> text(Object value) {
    if (value instanceof Optional<?> maybe) {
      return maybe.flatMap(FaultText::text);
    }
    if (value instanceof Duration time) {
      return Optional.of(YamlText.of(time));
    }
    if (value instanceof Enum<?> one) {
      return Optional.of(YamlText.of(one));
    }
    return Optional.of(value instanceof String words ? YamlText.quoted(words) : value.toString());
  }
}
