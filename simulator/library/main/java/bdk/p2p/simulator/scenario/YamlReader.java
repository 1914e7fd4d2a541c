package bdk.p2p.simulator.scenario;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the text of a YAML file into {@link YamlValue}s. No state. */
final class YamlReader {
  private static final YAMLFactory YAML = YAMLFactory.builder().build();

  /** What the library takes; it gets slow on the way to finding out by itself. */
  private static final int MOST_CHARACTERS = 3 * 1024 * 1024;

  /** How the library says where it gave up; the last one is the place itself. */
  private static final Pattern MARK = Pattern.compile("line (\\d+), column (\\d+):");

  private YamlReader() {}

  /**
   * Reads a whole file.
   *
   * @throws ScenarioException if it is not YAML
   */
  static YamlValue read(String file, String content) {
    if (content.length() > MOST_CHARACTERS) {
      throw complaint(
          file,
          null,
          "expected at most " + MOST_CHARACTERS + " characters, found " + content.length());
    }
    try (YAMLParser parser = YAML.createParser(content)) {
      parser.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
      if (parser.nextToken() == null) {
        throw complaint(file, null, "the file is empty, expected a scenario");
      }
      YamlValue value = value(parser, file, YamlPath.ROOT, parser.currentTokenLocation());
      if (parser.nextToken() != null) {
        throw complaint(file, parser.currentTokenLocation(), "expected the end of the file");
      }
      return value;
    } catch (JsonProcessingException cause) {
      throw notYaml(file, cause);
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  private static ScenarioException notYaml(String file, JsonProcessingException cause) {
    String message = cause.getOriginalMessage();
    String why =
        message
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith(" "))
            .collect(Collectors.joining(", "));
    String what = "not readable as YAML: " + why;
    Optional<MatchResult> mark = MARK.matcher(message).results().reduce((one, next) -> next);
    return mark.isPresent()
        ? YamlValue.complaint(file, mark.get().group(1), mark.get().group(2), what)
        : complaint(file, cause.getLocation(), what);
  }

  private static YamlValue value(YAMLParser parser, String file, YamlPath path, JsonLocation place)
      throws IOException {
    if (parser.isCurrentAlias()) {
      throw complaint(file, place, path + ": expected a value, found an alias; write it out");
    }
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      Map<String, YamlValue> fields = new LinkedHashMap<>();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonLocation named = parser.currentTokenLocation();
        parser.nextToken();
        fields.put(name, value(parser, file, path.field(name), named));
      }
      return new YamlValue(file, place, path, null, fields, null);
    }
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      List<YamlValue> items = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        items.add(value(parser, file, path.item(items.size()), parser.currentTokenLocation()));
      }
      return new YamlValue(file, place, path, null, null, items);
    }
    String text = parser.currentToken() == JsonToken.VALUE_NULL ? null : parser.getText();
    return new YamlValue(file, place, path, text, null, null);
  }

  private static ScenarioException complaint(String file, JsonLocation place, String what) {
    return place == null
        ? YamlValue.complaint(file, "1", "1", what)
        : YamlValue.complaint(file, "" + place.getLineNr(), "" + place.getColumnNr(), what);
  }
}
