package bdk.p2p.simulator.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The files beside this class of which the page is made. No state. */
final class PagePart {
  /** In the order in which they build on one another; the last one starts. */
  private static final List<String> SCRIPTS =
      List.of(
          "dom.js",
          "format.js",
          "charts.js",
          "head.js",
          "propagation.js",
          "overtime.js",
          "requests.js",
          "topology.js",
          "nodes.js",
          "page.js");

  private PagePart() {}

  /** The page without its parts, which stand as names in double braces. */
  static String template() throws IOException {
    return read("page.html");
  }

  static String style() throws IOException {
    return read("page.css");
  }

  /** Our scripts, in one scope of their own. */
  static String script() throws IOException {
    StringBuilder script = new StringBuilder("(() => {\n\"use strict\";\n");
    for (String name : SCRIPTS) {
      script.append("\n// ").append(name).append('\n').append(read(name));
    }
    return script.append("})();\n").toString();
  }

  /** The chart library. */
  static String library() throws IOException {
    return read("echarts/echarts.min.js");
  }

  /** What the licence of the library wants to be said wherever it goes. */
  static String licences() throws IOException {
    return String.join(
        "\n\n",
        read("echarts/NOTICE").strip(),
        read("echarts/LICENSE").strip(),
        read("echarts/LICENSE-d3").strip());
  }

  private static String read(String name) throws IOException {
    try (InputStream file = PagePart.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException("the module has no file " + name);
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
