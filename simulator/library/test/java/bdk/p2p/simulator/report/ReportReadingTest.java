package bdk.p2p.simulator.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportReadingTest {
  @TempDir Path directory;
  private ReportFixture fixture;

  @BeforeEach
  void run() {
    fixture = new ReportFixture(directory);
  }

  private void assertComplaint(String complaint, Path file) {
    ReportException wrong = assertThrows(ReportException.class, () -> ReportFile.read(file));
    assertTrue(wrong.getMessage().startsWith(file + ": " + complaint), wrong::getMessage);
    assertEquals(1, wrong.getMessage().lines().count(), wrong::getMessage);
  }

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    Path file = ReportFile.write(fixture.report(), directory.resolve("a/b")).get(0);
    assertEquals(fixture.report(), ReportFile.read(file));
    assertEquals(fixture.report(), ReportFile.read(file.getParent()));
    assertEquals(Report.VERSION, fixture.report().version());
    assertEquals("virtual", fixture.report().backend());
  }

  @Test
  void unknownFieldsArePassedOver() {
    Consumer<ObjectNode> more =
        content -> {
          content.putArray("weather").add("rain");
          ((ObjectNode) content.get("nodes").get(0)).put("colour", "red");
        };
    assertEquals(fixture.report(), fixture.changed(more));
  }

  @Test
  void missingFilesAreNamed() throws IOException {
    assertComplaint("there is no such file", directory.resolve("nothing.json"));
    Path empty = Files.createDirectory(directory.resolve("empty"));
    ReportException wrong = assertThrows(ReportException.class, () -> ReportFile.read(empty));
    assertEquals(empty.resolve("report.json") + ": there is no such file", wrong.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "name: x", "{\"version\": 1}}", "[1,\n2"})
  void whatIsNotJsonIsNotReport(String content) {
    assertComplaint("not JSON, line ", fixture.write(content));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "7", "null", "{\"version\": \"1\"}"})
  void whatHasNoVersionIsNotReport(String content) {
    assertComplaint("not a report: it has no field 'version'", fixture.write(content));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 99})
  void otherVersionsAreRefused(int version) {
    assertComplaint(
        "a report of version " + version + ", expected version 1",
        fixture.file(content -> content.put("version", version)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"backend", "seed", "nodes", "claims", "propagation", "wallMillis"})
  void missingFieldIsNamed(String field) {
    Path file = fixture.file(content -> content.remove(field));
    ReportException wrong = assertThrows(ReportException.class, () -> ReportFile.read(file));
    assertTrue(wrong.getMessage().startsWith(file + ": not a report: "), wrong::getMessage);
    assertTrue(wrong.getMessage().contains("'" + field + "'"), wrong::getMessage);
    assertFalse(wrong.getMessage().contains("Feature"), wrong::getMessage);
    assertEquals(1, wrong.getMessage().lines().count(), wrong::getMessage);
  }

  @Test
  void missingFieldInsideIsNamedWithItsPlace() {
    assertComplaint(
        "not a report: nodes.1.bytesIn: ",
        fixture.file(content -> ((ObjectNode) content.get("nodes").get(1)).remove("bytesIn")));
  }

  @Test
  void valueOfAnotherKindIsRefused() {
    assertComplaint("not a report: nodes: ", fixture.file(content -> content.put("nodes", "many")));
    assertComplaint("not a report: ", fixture.file(content -> content.putNull("wallMillis")));
  }

  @Test
  void nothingInAListOrAMapIsNull() {
    assertComplaint(
        "not a report: nodes.1: ",
        fixture.file(content -> ((ArrayNode) content.get("nodes")).setNull(1)));
    assertComplaint(
        "not a report: requests.ANSWERED: ",
        fixture.file(content -> ((ObjectNode) content.get("requests")).putNull("ANSWERED")));
  }
}
