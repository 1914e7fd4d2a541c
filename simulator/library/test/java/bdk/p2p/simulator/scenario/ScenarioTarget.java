package bdk.p2p.simulator.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Any text as a scenario file: one complaint on one line that says where, or a scenario that comes
 * back from what is written of it. The memory follows the text and the nodes that it speaks of.
 */
public final class ScenarioTarget {
  private static final Pattern COMPLAINT = Pattern.compile("a\\.yaml:\\d+:\\d+: .+");
  private static final int LONGEST_COMPLAINT = 2_100;
  private static final int BUDGET_BYTES = 400_000;
  private static final int BUDGET_PER_BYTE = 2_000;
  private static final int BUDGET_PER_NODE = 1_500;
  private static final int MOST_NODES_OF_GROUP = 10_000;

  private ScenarioTarget() {}

  /** Checks everything that must hold for these bytes, read as UTF-8. */
  public static void fuzzerTestOneInput(byte[] data) {
    String content = new String(data, StandardCharsets.UTF_8);
    long budgetBytes =
        BUDGET_BYTES
            + (long) BUDGET_PER_BYTE * data.length
            + BUDGET_PER_NODE * mentionedNodes(content);
    AllocatedBytes.assertAtMost(budgetBytes, () -> check(content));
  }

  private static void check(String content) {
    Scenario scenario;
    try {
      scenario = ScenarioFile.parse("a.yaml", content);
    } catch (ScenarioException complaint) {
      String message = complaint.getMessage();
      assertTrue(COMPLAINT.matcher(message).matches(), message);
      assertTrue(message.length() <= LONGEST_COMPLAINT, message);
      return;
    }
    String written = ScenarioWriter.write(scenario);
    assertEquals(scenario, ScenarioFile.parse("b.yaml", written));
  }

  /** As many as the numbers in the text could ask for, if each was the count of a group. */
  private static long mentionedNodes(String content) {
    long sum = 0;
    long number = 0;
    for (int index = 0; index < content.length(); index++) {
      int digit = Character.digit(content.charAt(index), 10);
      if (digit >= 0) {
        number = Math.min(MOST_NODES_OF_GROUP, 10 * number + digit);
      } else if (content.charAt(index) != '_') {
        sum += number;
        number = 0;
      }
    }
    return sum + number;
  }
}
