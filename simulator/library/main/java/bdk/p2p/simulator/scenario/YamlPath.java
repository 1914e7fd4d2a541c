package bdk.p2p.simulator.scenario;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The way from the root of a YAML file to a value. Put into words only for complaints: a name above
 * is shared by all that stands below it.
 *
 * @param above the value around it; null at the root
 * @param step the name of a field with the dot before it, or the number of an item in brackets
 */
record YamlPath(YamlPath above, String step) {
  static final YamlPath ROOT = new YamlPath(null, "");

  YamlPath field(String name) {
    return new YamlPath(this, this == ROOT ? name : "." + name);
  }

  YamlPath item(int index) {
    return new YamlPath(this, "[" + index + "]");
  }

  @Override
  public String toString() {
    Deque<String> steps = new ArrayDeque<>();
    for (YamlPath one = this; one != null; one = one.above) {
      steps.addFirst(one.step);
    }
    return String.join("", steps);
  }
}
