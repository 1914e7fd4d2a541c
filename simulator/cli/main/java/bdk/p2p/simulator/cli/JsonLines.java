package bdk.p2p.simulator.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes one JSON object a line, whole lines only. Any thread. */
final class JsonLines {
  private final ObjectMapper mapper = new ObjectMapper();
  private final PrintStream out;

  JsonLines(PrintStream out) {
    this.out = out;
  }

  /** An event with its fields in the given order: name, value, name, value. */
  void event(String event, Object... fields) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("event", event);
    for (int index = 0; index < fields.length; index += 2) {
      object.put((String) fields[index], fields[index + 1]);
    }
    byte[] line;
    try {
      line = (mapper.writeValueAsString(object) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException cause) {
      throw new IllegalStateException("strings, numbers and lists are always JSON", cause);
    }
    synchronized (out) {
      out.write(line, 0, line.length);
      out.flush();
    }
  }
}
