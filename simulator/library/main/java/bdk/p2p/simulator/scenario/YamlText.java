package bdk.p2p.simulator.scenario;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Puts YAML together, two spaces a floor, in the form that {@link YamlValue} reads. For one thread.
 */
final class YamlText {
  private final StringBuilder text = new StringBuilder();
  private int floor;
  private String bullet = "";

  /** A field whose value is written as it is. */
  YamlText field(String name, Object value) {
    return line(name + ": " + value);
  }

  /** A field whose value is somebody's words. */
  YamlText words(String name, String value) {
    return field(name, quoted(value));
  }

  /** A field of a time, to the nanosecond. */
  YamlText time(String name, Duration value) {
    return field(name, of(value));
  }

  /** A field that is left out if it has no value. */
  YamlText maybe(String name, Optional<?> value) {
    value.ifPresent(one -> field(name, one));
    return this;
  }

  /** A field that is left out if it has no value. */
  YamlText maybe(String name, OptionalLong value) {
    value.ifPresent(one -> field(name, one));
    return this;
  }

  /** A field that is left out if it has no value. */
  YamlText maybe(String name, OptionalDouble value) {
    value.ifPresent(one -> field(name, one));
    return this;
  }

  /** A list of somebody's words on one line, left out if it is empty. */
  YamlText list(String name, Collection<String> values) {
    return values.isEmpty()
        ? this
        : field(
            name,
            values.stream().map(YamlText::quoted).collect(Collectors.joining(", ", "[", "]")));
  }

  /** All these fields, written as they are. */
  YamlText fields(Map<String, String> fields) {
    fields.forEach(this::field);
    return this;
  }

  /** Fields below a name. */
  YamlText below(String name, Runnable fields) {
    line(name + ":");
    floor++;
    fields.run();
    floor--;
    return this;
  }

  /** One item of a list: its first field gets the bullet. */
  YamlText item(Runnable fields) {
    bullet = "- ";
    floor++;
    fields.run();
    floor--;
    return this;
  }

  /** A remark for people. */
  YamlText remark(String words) {
    return line("# " + words);
  }

  private YamlText line(String content) {
    text.append("  ".repeat(floor), 0, floor * 2 - bullet.length()).append(bullet);
    text.append(content).append('\n');
    bullet = "";
    return this;
  }

  /** A time as a file has it; exact to the nanosecond. */
  static String of(Duration value) {
    BigDecimal millis = BigDecimal.valueOf(value.toNanos(), 6).stripTrailingZeros();
    return millis.toPlainString() + "ms";
  }

  /** An enum's name as a file has it. */
  static String of(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** In quotes, so that no word is taken for anything else. */
  static String quoted(String words) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char one : words.toCharArray()) {
      if (one == '"' || one == '\\') {
        quoted.append('\\').append(one);
      } else if (one < ' ' || one > '~') {
        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) one));
      } else {
        quoted.append(one);
      }
    }
    return quoted.append('"').toString();
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
