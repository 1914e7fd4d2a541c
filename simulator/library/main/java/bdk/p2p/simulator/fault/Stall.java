package bdk.p2p.simulator.fault;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Each connection of the victims comes to a standstill, both ways, in the middle of a frame: some
 * bytes still pass, all else waits until it ends.
 *
 * @param keptBytes of each direction of a connection, the bytes that still pass; 0 to 1,000,000,
 *     best below 19, the length of a frame's header
 */
public record Stall(int keptBytes) implements Fault {
  /** Reaches into the length of a frame and no further. */
  public static final int KEPT_BYTES = 5;

  /** The most bytes that may still pass. */
  public static final int MOST_BYTES = 1_000_000;

  /**
   * @throws IllegalArgumentException naming the figure, its limits and the value
   */
  public Stall {
    Limits.within("stall: keptBytes", 0, MOST_BYTES, keptBytes);
  }

  @Override
  public String kind() {
    return "stall";
  }

  @Override
  public Set<Ability> needs() {
    return Set.of(Ability.RULES);
  }

  @Override
  public boolean disturbsDelivery() {
    return true;
  }

  @Override
  public void begin(FaultContext context) {
    context.rule(new Standstill(context));
  }

  /** What each stream may still bring. */
  private final class Standstill implements Rule {
    private final FaultContext context;
    private final Map<Stream, Integer> left = new HashMap<>();

    private Standstill(FaultContext context) {
      this.context = context;
    }

    @Override
    public int rank() {
      return COUNTING;
    }

    @Override
    public Fate judge(Passage passage) {
      if (!Scope.BOTH.holds(context.victims(), passage)) {
        return Fate.PASS;
      }
      Stream stream = Stream.of(passage);
      return switch (passage.kind()) {
        case BYTES -> take(stream, passage.byteCount());
        case FIN, RESET -> {
          left.remove(stream);
          yield Fate.PASS;
        }
        default -> Fate.PASS;
      };
    }

    private Fate take(Stream stream, int byteCount) {
      int before = left.getOrDefault(stream, keptBytes);
      if (byteCount <= before) {
        left.put(stream, before - byteCount);
        return Fate.PASS;
      }
      if (before > 0 || !left.containsKey(stream)) {
        context.bit();
      }
      left.put(stream, 0);
      return Fate.hold(before);
    }
  }
}
