package bdk.p2p.simulator.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Which of many things are shown where there is room for some. No state. */
final class Thinning {
  private Thinning() {}

  /** Indices of {@code count} things, at most so many, at even distances, with first and last. */
  static List<Integer> evenly(int count, int most) {
    if (count <= most) {
      return IntStream.range(0, count).boxed().toList();
    }
    if (most <= 1) {
      return most <= 0 ? List.of() : List.of(count - 1);
    }
    List<Integer> chosen = new ArrayList<>(most);
    for (long step = 0; step < most; step++) {
      chosen.add((int) (step * (count - 1) / (most - 1)));
    }
    return chosen;
  }

  /** The things at these indices of {@link #evenly}. */
  static <T> List<T> evenly(List<T> things, int most) {
    return evenly(things.size(), most).stream().map(things::get).toList();
  }

  /** Like {@link #evenly}, with one more that is always among them while there is room for one. */
  static List<Integer> evenlyWith(int always, int count, int most) {
    if (count <= most || most == 0) {
      return evenly(count, most);
    }
    TreeSet<Integer> chosen = new TreeSet<>(evenly(count, most - 1));
    chosen.add(always);
    return List.copyOf(chosen);
  }

  /**
   * Divides the room among groups: a small group gets all it needs, the large ones get the same.
   *
   * @return how many of each group are shown; together at most {@code most}
   */
  static int[] shares(List<Integer> counts, int most) {
    int[] shares = new int[counts.size()];
    int left = most;
    int groupsLeft = counts.size();
    for (int group :
        IntStream.range(0, counts.size())
            .boxed()
            .sorted(Comparator.comparing(counts::get))
            .toList()) {
      shares[group] = Math.min(counts.get(group), left / groupsLeft);
      left -= shares[group];
      groupsLeft--;
    }
    assert Arrays.stream(shares).sum() <= most;
    return shares;
  }

  /** The first so many. */
  static <T> List<T> first(List<T> things, int most) {
    return things.subList(0, Math.min(things.size(), most));
  }

  /** A name, or its beginning if it is long. */
  static String name(String text) {
    return clip(text, PageBounds.NAME);
  }

  /** A sentence, or its beginning if it is long. */
  static String sentence(String text) {
    return clip(text, PageBounds.SENTENCE);
  }

  private static String clip(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }
}
