package bdk.p2p.simulator.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the page holds, what it does not hold, and how large it can be. */
class HtmlReportTest {
  private static final Pattern CONTENT =
      Pattern.compile(
          "<script type=\"application/json\" id=\"content\">(.*?)</script>", Pattern.DOTALL);

  private static JsonNode content(String page) throws IOException {
    List<String> found = CONTENT.matcher(page).results().map(match -> match.group(1)).toList();
    assertEquals(1, found.size());
    return new ObjectMapper().readTree(found.get(0));
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }

  @Test
  void hostileNamesAreWholeAndCannotEndTheirPlace() throws Exception {
    String page = HtmlReport.page(HandMadeReport.hostile());
    JsonNode content = content(page);
    assertEquals(HandMadeReport.HOSTILE, content.at("/run/scenario").textValue());
    assertEquals(
        Thinning.name("node" + HandMadeReport.HOSTILE + "-1"),
        content.at("/topology/nodes/1/id").textValue());
    String benign = HtmlReport.page(HandMadeReport.full());
    for (String markup : List.of("<script", "</script", "<!--", "<img", "</title")) {
      assertEquals(count(benign, markup), count(page, markup), markup);
    }
  }

  @Test
  void titleIsEscaped() throws Exception {
    String page = HtmlReport.page(HandMadeReport.hostile());
    assertTrue(
        page.contains(
            "<title>&lt;/script&gt;&lt;script&gt;window.broken=1&lt;/script&gt;&lt;!--&lt;img src=x"
                + " onerror=&#39;window.broken=1&#39;&gt;{{script}}${x}{b}\\u003c&quot;&amp;"));
  }

  @Test
  void everySlotOfThePageIsFilled() throws Exception {
    String page = HtmlReport.page(HandMadeReport.full());
    assertFalse(page.contains("{{"), "no slot is left");
    for (String part :
        List.of(
            PagePart.style(), PagePart.script(), PagePart.library(), "Apache License", "Bostock")) {
      assertTrue(page.contains(part));
    }
    assertTrue(page.startsWith("<!DOCTYPE html>"));
    assertTrue(page.endsWith("</html>\n"));
  }

  @Test
  void contentHasSomethingOfEveryKind() throws Exception {
    JsonNode content = content(HtmlReport.page(HandMadeReport.full()));
    assertEquals(4, content.get("claims").size());
    assertFalse(content.at("/claims/0/held").booleanValue(), "broken first");
    assertTrue(content.at("/claims/3/held").booleanValue());
    assertEquals(2, content.at("/run/brokenClaims").intValue());
    assertEquals(6, content.get("regions").size());
    assertEquals(2, content.get("propagation").size());
    assertEquals(6, content.at("/propagation/0/regions").size());
    assertEquals(100, content.get("samples").size());
    assertEquals(5, content.get("faults").size());
    assertEquals(12, content.at("/faults/2/nodes").size());
    assertEquals(25, content.at("/faults/2/nodeCount").intValue());
    assertEquals(3, content.get("outcomes").size());
    assertEquals(51, content.at("/topology/nodes").size());
    assertEquals(51, content.at("/topology/rows").size());
    assertEquals(60, content.at("/topology/broadcasts").size());
    assertTrue(content.at("/topology/links").size() > 100);
    assertEquals("bdk-sim run fifty-nodes --seed 7", content.at("/run/replay").textValue());
  }

  @Test
  void pageLoadsNothing() throws Exception {
    String page = HtmlReport.page(HandMadeReport.full());
    assertTrue(page.contains("content=\"default-src &#39;none&#39;; script-src &#39;sha256-"));
    assertFalse(page.contains("connect-src"));
    String ours = page.replace(PagePart.library(), "");
    for (String loading :
        List.of(
            "src=",
            "<link",
            "<iframe",
            "url(",
            "@import",
            "fetch(",
            "XMLHttpRequest",
            "import(",
            "WebSocket",
            "sendBeacon")) {
      assertFalse(ours.contains(loading), loading);
    }
    assertEquals(Set.of("#claims"), found(ours, "href=\"([^\"]*)\""), "links stay within the page");
    assertEquals(
        Set.of(), found(PagePart.template() + PagePart.style() + PagePart.script(), "(https?://)"));
    assertEquals(
        Set.of(
            "http://www.apache.org/licenses/LICENSE-2.0",
            "https://github.com/ecomfe/zrender/blob/master/LICENSE",
            "http://www.w3.org/1999/xlink",
            "http://www.w3.org/2000/svg",
            "http://www.w3.org/2000/xmlns/",
            "http://www.w3.org/XML/1998/namespace"),
        found(PagePart.library(), "(https?://[\\w./-]+)"),
        "licences and names of XML, nothing that is loaded");
  }

  private static Set<String> found(String text, String pattern) {
    Set<String> found = new HashSet<>();
    Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1))
        .forEach(found::add);
    return found;
  }

  @ParameterizedTest
  @CsvSource({"1001, 400", "3000, 80"})
  void largeRunStaysWithinTheBounds(int nodes, int broadcasts) throws Exception {
    Report report = HandMadeReport.large(nodes, broadcasts);
    String page = HtmlReport.page(report);
    JsonNode content = content(page);
    int shown = content.at("/topology/nodes").size();
    assertEquals(Math.min(nodes, PageBounds.NODES), shown);
    assertEquals(PageBounds.NODE_ROWS, content.at("/topology/rows").size());
    assertTrue(content.at("/topology/links").size() <= PageBounds.LINKS);
    assertTrue(content.at("/topology/broadcasts").size() <= PageBounds.BROADCASTS);
    assertTrue(content.at("/topology/broadcasts").size() * shown <= PageBounds.ARRIVALS);
    assertTrue(content.at("/propagation/0/reach").size() <= Spread.POINTS);
    assertEquals(nodes, content.at("/run/counts/nodes").intValue());
    int bytes = page.getBytes(StandardCharsets.UTF_8).length;
    assertTrue(bytes < 6_000_000, () -> "the page has " + bytes + " bytes");
  }

  @Test
  void rareOutcomesAndTheSlowestRequestAreShown() {
    List<Report.RequestSample> requests = new ArrayList<>();
    for (int index = 0; index < 20_000; index++) {
      requests.add(new Report.RequestSample(index, index == 7_777 ? 9_999 : 5, "ANSWERED"));
    }
    requests.add(new Report.RequestSample(1, 10_000, "TIMED_OUT"));
    List<ShownRequests.Outcome> outcomes = ShownRequests.of(requests);
    assertEquals(20_000, outcomes.get(0).count());
    assertTrue(outcomes.get(0).points().contains(List.of(7_777.0, 9_999.0)));
    assertEquals(1, outcomes.get(1).points().size());
    assertTrue(
        outcomes.stream().mapToInt(outcome -> outcome.points().size()).sum()
            <= PageBounds.REQUESTS);
  }

  @Test
  void nodesThatCrashedMostAreTheFirstRows() {
    ShownTopology topology = ShownTopology.of(HandMadeReport.large(1_001, 4));
    List<Integer> crashes =
        topology.rows().stream().map(index -> topology.nodes().get(index).crashes()).toList();
    assertEquals(1, crashes.get(0));
    assertEquals(crashes.stream().sorted(Comparator.reverseOrder()).toList(), crashes);
    assertEquals(91, crashes.stream().filter(count -> count == 1).count());
  }
}
