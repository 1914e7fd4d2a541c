package bdk.p2p.simulator.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The schema that editors use says the same as the reader. */
class ScenarioSchemaTest {
  private static final String TEXT = resource("scenario.schema.json");
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(TEXT, InputFormat.JSON);
  private static final JsonNode TREE = tree();

  private static String resource(String name) {
    try (InputStream in = Catalogue.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException cause) {
      throw new AssertionError(cause);
    }
  }

  private static JsonNode tree() {
    try {
      return new ObjectMapper().readTree(TEXT);
    } catch (IOException cause) {
      throw new AssertionError(cause);
    }
  }

  private static List<Error> errors(String yaml) {
    return SCHEMA.validate(yaml, InputFormat.YAML);
  }

  static List<String> catalogue() {
    return Catalogue.names();
  }

  @ParameterizedTest
  @MethodSource("catalogue")
  void everyScenarioOfTheCatalogueIsValid(String name) {
    assertEquals(List.of(), errors(resource(name + ".yaml")));
  }

  private static final String GOOD =
      """
      name: n
      description: d
      regions: {table: bitcoin-2019, jitter: 0.1}
      nodes:
        - {name: d, type: discovery, count: 1, maxPeers: 9}
        - {name: n, type: normal, count: 3, minPeers: 1, maxPeers: 9, options: {idleTimeout: 1s}}
      links: [{between: [d, n], latencyMillis: 1}]
      warmUp: 1s
      duration: 2s
      coolDown: 1s
      workload:
        broadcasts: [{name: t, command: 5, bytes: 16, every: 1s}]
        requests: {every: 1s, answerBytes: 16}
        notifications: {every: 1s, bytes: 16}
      faults: [{kind: crash, nodes: 1, after: 0s, every: 0s, lasting: 1s}]
      claims: {deliveredWithin: 1s, duplicatesPerDelivery: 1}
      """;

  @Test
  void goodOneIsGoodForBoth() {
    assertEquals(List.of(), errors(GOOD));
    ScenarioFile.parse("a.yaml", GOOD);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name: n | nam: n",
        "table: bitcoin-2019 | table: mars",
        "jitter: 0.1 | jitter: 11",
        "count: 3 | count: 0",
        "type: normal | type: other",
        "idleTimeout: 1s | idleTimeout: 1h",
        "idleTimeout: | idleTimeOut:",
        "[d, n] | [d]",
        "warmUp: 1s | warmUp: soon",
        "bytes: 16, every | bytes: 15, every",
        "kind: crash | kind: flood",
        "kind: crash | persisted: true",
        "duplicatesPerDelivery: 1 | duplicatesPerDelivery: few",
        "after: 0s | before: 0s",
      })
  void badOneIsBadForBoth(String good, String bad) {
    String content = GOOD.replace(good, bad);
    assertFalse(content.equals(GOOD), good);
    assertThrows(ScenarioException.class, () -> ScenarioFile.parse("a.yaml", content));
    assertFalse(errors(content).isEmpty(), content);
  }

  /** Where the reader knows fields, the schema knows the same: the reader lists them when asked. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name: n\\n | zzz: 1\\nname: n\\n | /properties",
        "{table | {zzz: 1, table | /properties/regions/properties",
        "count: 3 | zzz: 1, count: 3 | /properties/nodes/items/properties",
        "{idle | {zzz: 1, idle | /properties/nodes/items/properties/options/properties",
        "{between | {zzz: 1, between | /properties/links/items/properties",
        "workload: | workload:\\n  zzz: 1 | /properties/workload/properties",
        "{name: t | {zzz: 1, name: t | /properties/workload/properties/broadcasts/items/properties",
        "requests: { | requests: {zzz: 1, | /properties/workload/properties/requests/properties",
        "notifications: { | notifications: {zzz: 1, | /properties/workload/properties/notifications/properties",
        "{delivered | {zzz: 1, delivered | /properties/claims/properties",
      })
  void readerAndSchemaKnowTheSameFields(String good, String strange, String pointer) {
    String content = GOOD.replace(good.replace("\\n", "\n"), strange.replace("\\n", "\n"));
    assertEquals(fieldsOfReader(content), names(TREE.at(pointer)));
  }

  private static Set<String> fieldsOfReader(String content) {
    String message =
        assertThrows(ScenarioException.class, () -> ScenarioFile.parse("a.yaml", content))
            .getMessage();
    String marker = "unknown field, expected one of ";
    assertTrue(message.contains(marker), message + "\n" + content);
    String list = message.substring(message.indexOf(marker) + marker.length());
    return new TreeSet<>(Arrays.asList(list.split(", ")));
  }

  private static Set<String> names(JsonNode properties) {
    Set<String> names = new TreeSet<>();
    properties.fieldNames().forEachRemaining(names::add);
    return names;
  }

  static Stream<String> kinds() {
    return FaultFields.kindNames().stream();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyKindOfFaultIsInTheSchema(String kind) {
    String content =
        GOOD.replaceAll("faults: .*", "faults: [{kind: " + kind + ", zzz: 1, after: 0s}]");
    assertEquals(fieldsOfReader(content), names(TREE.at("/$defs/" + kind + "/properties")));
  }
}
