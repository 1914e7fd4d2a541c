package bdk.p2p.simulator.scenario;

import com.fasterxml.jackson.core.JsonLocation;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A value of a YAML file that remembers where it stands, so that every complaint can say so: a
 * field at its name, an item at its beginning. At most one of text, fields and items is there.
 */
final class YamlValue {
  private static final Pattern DURATION = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(ms|s|m)");

  private static final Pattern LINE_BREAKING = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");

  private static final int MOST_SHOWN = 40;
  private static final int LONGEST_VALUE = 60;
  private static final int LONGEST_PATH = 500;
  private static final int LONGEST_COMPLAINT = 2_000;

  private final String file;
  private final int line;
  private final int column;
  private final YamlPath path;
  private final String text;
  private final Map<String, YamlValue> fields;
  private final List<YamlValue> items;

  YamlValue(
      String file,
      JsonLocation place,
      YamlPath path,
      String text,
      Map<String, YamlValue> fields,
      List<YamlValue> items) {
    this.file = file;
    this.line = place.getLineNr();
    this.column = place.getColumnNr();
    this.path = path;
    this.text = text;
    this.fields = fields;
    this.items = items;
  }

  /** A complaint about a place of a file, on one line and not too long. */
  static ScenarioException complaint(String file, String line, String column, String what) {
    return new ScenarioException(
        file + ":" + line + ":" + column + ": " + onOneLine(shortened(what, LONGEST_COMPLAINT)));
  }

  private static String onOneLine(String text) {
    return LINE_BREAKING.matcher(text).replaceAll("?");
  }

  /** A complaint about this value. */
  ScenarioException complaint(String what) {
    String where = path == YamlPath.ROOT ? "" : shortened(path.toString(), LONGEST_PATH) + ": ";
    return complaint(file, "" + line, "" + column, where + what);
  }

  /** Refuses fields of other names. */
  YamlValue only(String... names) {
    Set<String> known = new LinkedHashSet<>(List.of(names));
    fields()
        .forEach(
            (name, value) -> {
              if (!known.contains(name)) {
                throw value.complaint("unknown field, expected one of " + String.join(", ", known));
              }
            });
    return this;
  }

  private Map<String, YamlValue> fields() {
    if (fields == null) {
      throw complaint("expected fields, found " + shown());
    }
    return fields;
  }

  Optional<YamlValue> find(String name) {
    return Optional.ofNullable(fields().get(name));
  }

  YamlValue get(String name) {
    return find(name).orElseThrow(() -> complaint("expected a field '" + name + "'"));
  }

  <T> List<T> list(Function<YamlValue, T> reader) {
    if (items == null) {
      throw complaint("expected a list, found " + shown());
    }
    return items.stream().map(reader).toList();
  }

  String text() {
    if (text == null) {
      throw complaint("expected a text, found " + shown());
    }
    return text;
  }

  /** A text of one line with something on it. */
  String words() {
    if (text().isBlank() || text().chars().anyMatch(Character::isISOControl)) {
      throw complaint("expected a few words on one line, found " + shown());
    }
    return text();
  }

  /** Refuses a name that is taken already. */
  void unique(String name, Set<String> taken) {
    if (!taken.add(name)) {
      throw complaint("expected a name that is not taken, found '" + shortened(name) + "' again");
    }
  }

  /** True or false. */
  boolean flag() {
    return oneOf(choices("true", true, "false", false));
  }

  int number(int least, int most) {
    return (int) number((long) least, (long) most);
  }

  long number(long least, long most) {
    String expected = "expected a whole number from " + least + " to " + most;
    String digits = text();
    long number;
    try {
      number = Long.parseLong(digits.replace("_", ""));
    } catch (NumberFormatException notANumber) {
      throw complaint(expected + ", found " + shown());
    }
    if (number < least || number > most) {
      throw complaint(expected + ", found " + shown());
    }
    return number;
  }

  double fraction(double least, double most) {
    String expected = "expected a number from " + least + " to " + most;
    double number;
    try {
      number = Double.parseDouble(text().replace("_", ""));
    } catch (NumberFormatException notANumber) {
      throw complaint(expected + ", found " + shown());
    }
    if (!(number >= least && number <= most)) {
      throw complaint(expected + ", found " + shown());
    }
    // 0 of either sign is 0, so that what is written of it comes back the same.
    return number + 0.0;
  }

  /** A span like {@code 250ms}, {@code 60s} or {@code 2m}. */
  Duration duration(Duration least, Duration most) {
    Matcher matcher = DURATION.matcher(text());
    String expected =
        "expected a time like 250ms, 60s or 2m from "
            + least.toMillis()
            + "ms to "
            + most.toSeconds()
            + "s";
    if (!matcher.matches()) {
      throw complaint(expected + ", found " + shown());
    }
    double unitMillis =
        switch (matcher.group(2)) {
          case "ms" -> 1;
          case "s" -> 1_000;
          default -> 60_000;
        };
    double nanos = Double.parseDouble(matcher.group(1)) * unitMillis * 1e6;
    Duration value = Duration.ofNanos(Math.round(nanos));
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw complaint(expected + ", found " + shown());
    }
    return value;
  }

  <T> T oneOf(Map<String, T> values) {
    T value = values.get(text());
    if (value == null) {
      throw complaint("expected one of " + someOf(values.keySet()) + ", found " + shown());
    }
    return value;
  }

  /** Two choices in the order in which complaints list them. */
  static <T> Map<String, T> choices(String name, T value, String otherName, T other) {
    Map<String, T> choices = new LinkedHashMap<>();
    choices.put(name, value);
    choices.put(otherName, other);
    return choices;
  }

  /** There may be as many choices as nodes. */
  private static String someOf(Set<String> names) {
    String some = names.stream().limit(MOST_SHOWN).collect(Collectors.joining(", "));
    return names.size() > MOST_SHOWN ? some + ", ... (" + names.size() + " in all)" : some;
  }

  private String shown() {
    if (fields != null) {
      return "fields";
    }
    if (items != null) {
      return "a list";
    }
    return text == null ? "nothing" : "'" + shortened(text) + "'";
  }

  private static String shortened(String text) {
    return shortened(text, LONGEST_VALUE);
  }

  private static String shortened(String text, int longest) {
    return text.length() > longest ? text.substring(0, longest) + "..." : text;
  }
}
