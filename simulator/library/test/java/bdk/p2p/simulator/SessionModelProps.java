package bdk.p2p.simulator;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.Transformer;

/**
 * Whatever two nodes do to each other, one after the other and while the rest is still under way, a
 * session is what {@link SessionModel} says, after each step.
 */
class SessionModelProps {
  private static final int MOST_STEPS = 30;

  private final Queue<TwoSides> made = new ArrayDeque<>();

  private TwoSides make() {
    TwoSides fresh = new TwoSides();
    made.add(fresh);
    return fresh;
  }

  /** Something that side 0 or 1 does. */
  private static Action.Independent<TwoSides> bySide(
      String what, BiConsumer<TwoSides, Integer> action) {
    return () ->
        Arbitraries.integers()
            .between(0, 1)
            .map(side -> step(side + " " + what, sides -> action.accept(sides, side)));
  }

  /** Something that a side does, with a number. */
  private static Action.Independent<TwoSides> bySide(
      String what, int least, int most, Numbered action) {
    return () ->
        Arbitraries.integers()
            .between(0, 1)
            .tuple1()
            .flatMap(
                side ->
                    Arbitraries.integers()
                        .between(least, most)
                        .map(number -> Tuple.of(side.get1(), number)))
            .map(
                drawn ->
                    step(
                        drawn.get1() + " " + what + " " + drawn.get2(),
                        sides -> action.act(sides, drawn.get1(), drawn.get2())));
  }

  private interface Numbered {
    void act(TwoSides sides, int side, int number);
  }

  private static Transformer<TwoSides> step(String name, Consumer<TwoSides> action) {
    return Transformer.mutate(
        name,
        sides -> {
          action.accept(sides);
          sides.compare();
        });
  }

  private static Action.Independent<TwoSides> passing() {
    return () ->
        Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.integers().between(1, 30)),
                Tuple.of(2, Arbitraries.integers().between(30, 90)))
            .map(millis -> step("pass " + millis, sides -> sides.pass(millis * 1_000L)));
  }

  @Provide
  Arbitrary<ActionChain<TwoSides>> chains() {
    return ActionChain.startWith(this::make)
        .withAction(6, passing())
        .withAction(3, bySide("dials", TwoSides::dial))
        .withAction(3, bySide("tells", TwoSides::tell))
        .withAction(4, bySide("asks within", 1, 120, TwoSides::ask))
        .withAction(4, bySide("answers", 0, 3, TwoSides::answer))
        .withAction(3, bySide("cancels", 0, 9, TwoSides::cancel))
        .withAction(1, bySide("closes", TwoSides::close))
        .withMaxTransformations(MOST_STEPS);
  }

  @Property(tries = 300)
  void sessionIsWhatTheModelSays(@ForAll("chains") ActionChain<TwoSides> chain) {
    try {
      chain.run().end();
    } finally {
      made.forEach(TwoSides::close);
      made.clear();
    }
  }
}
