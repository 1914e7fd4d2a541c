package bdk.p2p.simulator.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import bdk.p2p.simulator.ScenarioRun;
import bdk.p2p.simulator.Scenarios;
import bdk.p2p.simulator.scenario.ScenarioFile;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code report.html} in a browser, opened as a file: drawn without a complaint, at two widths and
 * in both schemes. Pictures of it are in {@code target/report-pages}.
 */
class ReportPageIT {
  private static final String NO_BROWSER =
      "NOT TESTED: report.html in a browser; there is no chromium on the path."
          + " On Debian: apt-get install chromium";

  private static final List<String> CHARTS =
      List.of(
          "propagation-chart",
          "sessions-chart",
          "nodes-up-chart",
          "bytes-chart",
          "duplicates-chart",
          "faults-chart",
          "requests-chart",
          "topology-chart");

  /** How many different colours the canvas of a chart has. */
  private static final String COLOURS_OF =
      "(id => { const canvas = document.querySelector('#' + id + ' canvas');"
          + " if (!canvas) return 0;"
          + " const pixels = new Uint32Array(canvas.getContext('2d')"
          + "   .getImageData(0, 0, canvas.width, canvas.height).data.buffer);"
          + " return new Set(pixels).size; })";

  /** A number that is another one if any pixel of the chart is. */
  private static final String PICTURE_OF =
      "(id => { const canvas = document.querySelector('#' + id + ' canvas');"
          + " const pixels = new Uint32Array(canvas.getContext('2d')"
          + "   .getImageData(0, 0, canvas.width, canvas.height).data.buffer);"
          + " return pixels.reduce((sum, pixel) => (sum * 31 + pixel) | 0, 7); })";

  private static final String NEXT_FRAME =
      "new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)))";

  private static final Path PICTURES = Path.of("target", "report-pages");

  // Not a directory of JUnit's: the browser may still write into its profile while it dies.
  private static Path work;
  private static Browser browser;

  @BeforeAll
  static void start() throws IOException {
    Optional<Path> program = Browser.find();
    if (program.isEmpty()) {
      System.err.println(NO_BROWSER);
      if (System.getenv("CI") != null) {
        fail(NO_BROWSER);
      }
      abort(NO_BROWSER);
    }
    Files.createDirectories(PICTURES);
    work = Files.createTempDirectory(PICTURES, "browser-").toAbsolutePath();
    browser = new Browser(program.get(), Files.createDirectories(work.resolve("profile")));
  }

  @AfterAll
  static void stop() throws IOException {
    if (browser != null) {
      browser.close();
    }
  }

  private static void open(Report report, int width, String scheme) throws IOException {
    Path directory = work.resolve("page");
    ReportFile.write(report, directory);
    browser.open(directory.resolve("report.html"), width, scheme);
  }

  private static void picture(String name) throws IOException {
    browser.screenshot(PICTURES.resolve(name + ".png"));
  }

  private static String text() throws IOException {
    return browser.evaluate("document.body.innerText").textValue();
  }

  /** A number for what a chart shows when the next frame is painted. */
  private static int shows(String chart) throws IOException {
    browser.evaluate(NEXT_FRAME);
    return browser.evaluate(PICTURE_OF + "('" + chart + "')").intValue();
  }

  private static void assertNoComplaint() throws IOException {
    assertEquals(List.of(), browser.complaints());
    assertEquals(0, browser.evaluate("document.querySelectorAll('.failure').length").intValue());
  }

  private static void assertFits() throws IOException {
    JsonNode widths = browser.evaluate("[document.documentElement.scrollWidth, window.innerWidth]");
    assertTrue(widths.get(0).intValue() <= widths.get(1).intValue(), widths::toString);
  }

  @ParameterizedTest
  @CsvSource({"1280, light", "1280, dark", "400, light", "400, dark"})
  void everyChartIsPaintedWithoutComplaint(int width, String scheme) throws Exception {
    open(HandMadeReport.full(), width, scheme);
    picture("full-" + width + "-" + scheme);
    assertNoComplaint();
    assertFits();
    for (String chart : CHARTS) {
      int colours = browser.evaluate(COLOURS_OF + "('" + chart + "')").intValue();
      assertTrue(colours > 20, chart + " has " + colours + " colours");
    }
    assertEquals(
        CHARTS.size(), browser.evaluate("document.querySelectorAll('.chart').length").intValue());
    assertEquals(1, browser.requests().size(), browser.requests()::toString);
  }

  @Test
  void everythingIsSaidInWords() throws Exception {
    open(HandMadeReport.full(), 1280, "light");
    String text = text();
    for (String words :
        List.of(
            "fifty-nodes",
            "2 of 4 claims broke",
            "bdk-sim run fifty-nodes --seed 7",
            "11480 of 11492 within 20000 ms",
            "120 broadcasts",
            "split-the-world",
            "18,223",
            "TIMED_OUT",
            "discovery",
            "node-5")) {
      assertTrue(text.contains(words), words);
    }
    assertTrue(text.indexOf("everything-delivered") < text.indexOf("handled-once"), "broken first");
    assertEquals(
        "Claims Propagation The network over time Requests Topology Nodes",
        browser
            .evaluate("[...document.querySelectorAll('h2')].map(one => one.innerText).join(' ')")
            .textValue());
    assertEquals(
        0,
        browser
            .evaluate(
                "[...document.querySelectorAll('input, select')]"
                    + ".filter(one => one.labels.length === 0).length")
            .intValue(),
        "every control has a label");
    assertEquals(
        0,
        browser
            .evaluate("document.querySelectorAll('.chart:not([role=img][aria-label])').length")
            .intValue(),
        "every chart has a description");
  }

  @Test
  void sliderChangesTheColoursOfTheNodes() throws Exception {
    open(HandMadeReport.full(), 1280, "light");
    int atTheEnd = shows("topology-chart");
    assertEquals(atTheEnd, shows("topology-chart"), "nothing moves by itself");
    browser.evaluate(
        "const slider = document.getElementById('since'); slider.value = 0;"
            + "slider.dispatchEvent(new Event('input'))");
    int atTheBeginning = shows("topology-chart");
    assertNotEquals(atTheEnd, atTheBeginning);
    assertTrue(text().contains("after publication: 0 of the"), "words follow the slider");
    browser.evaluate("document.getElementById('since').focus()");
    for (int press = 0; press < 20; press++) {
      browser.press("ArrowRight");
    }
    assertNotEquals(atTheBeginning, shows("topology-chart"));
    assertFalse(text().contains("after publication: 0 of the"), "keys move the slider");
    assertNoComplaint();
  }

  @Test
  void anotherStreamAndAnotherBroadcastAreDrawn() throws Exception {
    open(HandMadeReport.full(), 1280, "light");
    int propagation = shows("propagation-chart");
    int topology = shows("topology-chart");
    choose("propagation", 1);
    choose("topology", 9);
    assertNotEquals(propagation, shows("propagation-chart"));
    assertNotEquals(topology, shows("topology-chart"));
    assertTrue(text().contains("6 broadcasts of blocks"), text());
    assertNoComplaint();
  }

  private static void choose(String section, int index) throws IOException {
    browser.evaluate(
        "{ const select = document.querySelector('#%s select'); select.selectedIndex = %d;"
                .formatted(section, index)
            + "select.dispatchEvent(new Event('change')); }");
  }

  @Test
  void chartsFollowTheSchemeOfTheReader() throws Exception {
    open(HandMadeReport.full(), 1280, "light");
    int light = shows("sessions-chart");
    browser.scheme("dark");
    assertNotEquals(light, shows("sessions-chart"));
    browser.scheme("light");
    assertEquals(light, shows("sessions-chart"));
    assertNoComplaint();
  }

  @ParameterizedTest
  @CsvSource({"1280, light", "400, dark"})
  void emptyReportSaysSoInsteadOfDrawing(int width, String scheme) throws Exception {
    open(HandMadeReport.quiet(), width, scheme);
    picture("quiet-" + width + "-" + scheme);
    assertNoComplaint();
    assertFits();
    assertEquals(0, browser.evaluate("document.querySelectorAll('.chart').length").intValue());
    assertEquals(6, browser.evaluate("document.querySelectorAll('.empty').length").intValue());
    assertTrue(text().contains("This run checked no claims."), text());
  }

  @ParameterizedTest
  @CsvSource({"1280, light", "400, light"})
  void hostileNamesAreOnlyText(int width, String scheme) throws Exception {
    open(HandMadeReport.hostile(), width, scheme);
    picture("hostile-" + width);
    assertNoComplaint();
    assertFits();
    assertTrue(browser.evaluate("window.broken === undefined").booleanValue());
    assertEquals(0, browser.evaluate("document.images.length").intValue());
    assertEquals(3, browser.evaluate("document.scripts.length").intValue());
    assertEquals(
        HandMadeReport.HOSTILE,
        browser.evaluate("document.querySelector('h1').textContent").textValue());
    assertTrue(
        browser.evaluate("document.title").textValue().startsWith(HandMadeReport.HOSTILE),
        "the title is text as well");
  }

  @Test
  void tooltipShowsNamesAsText() throws Exception {
    open(HandMadeReport.hostile(), 1280, "light");
    browser.evaluate("document.getElementById('faults-chart').scrollIntoView()");
    JsonNode place =
        browser.evaluate(
            "(box => [box.left + 64 + 0.35 * (box.width - 88), box.top + 4 + 23])"
                + "(document.getElementById('faults-chart').getBoundingClientRect())");
    browser.moveTo(place.get(0).doubleValue(), place.get(1).doubleValue());
    browser.evaluate(NEXT_FRAME);
    String tip = browser.evaluate("document.querySelector('.tip').innerText").textValue();
    assertTrue(tip.contains("crash-1") && tip.contains("node" + HandMadeReport.HOSTILE), tip);
    assertNoComplaint();
    assertTrue(browser.evaluate("window.broken === undefined").booleanValue());
  }

  @Test
  void thousandNodesAreDrawn() throws Exception {
    open(HandMadeReport.large(1_001, 120), 1280, "light");
    picture("large-1280-light");
    assertNoComplaint();
    assertFits();
    assertTrue(text().contains("300 of 1,001 nodes"), "the table says what is left out");
  }

  private static final String SMALL_BUT_WHOLE =
      """
      name: whole
      description: A bit of everything that a report draws.
      regions: {table: cloud-2024, jitter: 0.1}
      nodes:
        - {name: discovery, type: discovery, count: 1, region: London, maxPeers: 99}
        - {name: node, type: normal, count: 8, minPeers: 3, maxPeers: 6}
      warmUp: 10s
      duration: 30s
      coolDown: 20s
      workload:
        broadcasts:
          - {name: transactions, command: 5, bytes: 250, every: 500ms}
          - {name: blocks, command: 6, bytes: 100_000, every: 10s}
        requests: {every: 500ms, answerBytes: 500}
      faults:
        - {kind: crash, name: gone, group: node, nodes: 1, after: 5s, lasting: 5s}
      claims: {duplicatesPerDelivery: 9, sometimes: [fault-bit]}
      """;

  @Test
  void realRunIsDrawnAsItWas() throws Exception {
    Path directory = work.resolve("real");
    ScenarioRun run = Scenarios.run(ScenarioFile.parse("here", SMALL_BUT_WHOLE), 5);
    run.assertHeld();
    run.writeReport(directory);
    JsonNode report = new ObjectMapper().readTree(directory.resolve("report.json").toFile());
    for (int width : List.of(1280, 400)) {
      browser.open(directory.resolve("report.html"), width, "light");
      picture("real-" + width);
      assertNoComplaint();
      assertFits();
      for (String chart : CHARTS) {
        int colours = browser.evaluate(COLOURS_OF + "('" + chart + "')").intValue();
        assertTrue(colours > 20, chart + " has " + colours + " colours");
      }
      String text = text();
      for (JsonNode claim : report.get("claims")) {
        assertTrue(text.contains(claim.get("name").textValue()), claim::toString);
        assertTrue(text.contains(claim.get("detail").textValue()), claim::toString);
      }
      assertTrue(text.contains("gone"), "the fault has a lane");
      assertTrue(text.contains(report.get("digest").textValue()), "the digest");
    }
  }

  @Test
  void printedPageIsDrawnForPaperAtOnce() throws Exception {
    open(HandMadeReport.full(), 1280, "dark");
    int dark = shows("sessions-chart");
    for (String chart : CHARTS) {
      // No frame is painted between the event and the print.
      int colours =
          browser
              .evaluate(
                  "window.dispatchEvent(new Event('beforeprint')); "
                      + COLOURS_OF
                      + "('"
                      + chart
                      + "')")
              .intValue();
      assertTrue(colours > 20, chart + " has " + colours + " colours");
      assertNotEquals(dark, browser.evaluate(PICTURE_OF + "('sessions-chart')").intValue());
      browser.evaluate("window.dispatchEvent(new Event('afterprint'))");
    }
    browser.print(PICTURES.resolve("full.pdf"));
    assertEquals(dark, shows("sessions-chart"), "as before when printed");
    assertNoComplaint();
  }
}
