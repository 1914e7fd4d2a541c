package bdk.p2p.simulator.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A report as one page of HTML that needs nothing else: style, scripts, the chart library and the
 * content are in it, and its policy forbids the browser to load anything. No state that changes.
 *
 * <p>Names in a report come from files of strangers. They reach the page as JSON in which no {@code
 * <} is left, and as the text of its title; the scripts put them into text nodes only, and the
 * browser runs no script but those whose hashes are in the policy.
 */
final class HtmlReport {
  private static final Pattern SLOT = Pattern.compile("\\{\\{([a-z]+)}}");
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(
              new SimpleModule()
                  .addSerializer(double.class, new ShortDouble())
                  .addSerializer(Double.class, new ShortDouble()))
          .build();

  private HtmlReport() {}

  /** The page. */
  static String page(Report report) throws IOException {
    String library = PagePart.library();
    String script = PagePart.script();
    Map<String, String> parts =
        Map.of(
            "title", text(report.scenario() + ", seed " + report.seed()),
            "policy", text(PagePolicy.of(library, script)),
            "style", PagePart.style(),
            "content", json(PageContent.of(report)),
            "licences", text(PagePart.licences()),
            "library", library,
            "script", script);
    // In one pass, so that what goes into one slot is not searched for another.
    return SLOT.matcher(PagePart.template())
        .replaceAll(slot -> Matcher.quoteReplacement(parts.get(slot.group(1))));
  }

  /** JSON that cannot end the element it stands in, nor begin another. */
  private static String json(PageContent content) throws IOException {
    // Outside of strings JSON has no such character, inside of them this is an escape.
    return MAPPER.writeValueAsString(content).replace("<", "\\u003c");
  }

  private static String text(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
