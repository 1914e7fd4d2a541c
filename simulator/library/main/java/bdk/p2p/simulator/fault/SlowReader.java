package bdk.p2p.simulator.fault;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The victims take only so much of what others send them on each connection; the rest waits at its
 * senders, whose windows close.
 *
 * @param bytesPerSecond of each connection, 1 to 1,000,000,000
 */
public record SlowReader(int bytesPerSecond) implements Fault {
  /** The highest pace. */
  public static final int MOST_BYTES = 1_000_000_000;

  /**
   * @throws IllegalArgumentException naming the figure, its limits and the value
   */
  public SlowReader {
    Limits.within("slow-reader: bytesPerSecond", 1, MOST_BYTES, bytesPerSecond);
  }

  @Override
  public String kind() {
    return "slow-reader";
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
    context.rule(new Readers(context));
  }

  /** What each stream may still bring. */
  private final class Readers implements Rule {
    private final FaultContext context;
    private final Map<Stream, Allowance> allowances = new HashMap<>();

    private Readers(FaultContext context) {
      this.context = context;
    }

    @Override
    public int rank() {
      return COUNTING;
    }

    @Override
    public Fate judge(Passage passage) {
      if (!context.victims().contains(passage.to())) {
        return Fate.PASS;
      }
      Stream stream = Stream.of(passage);
      return switch (passage.kind()) {
        case BYTES ->
            allowances
                .computeIfAbsent(stream, unknown -> new Allowance(passage.nowNanos()))
                .take(passage);
        case FIN, RESET -> {
          allowances.remove(stream);
          yield Fate.PASS;
        }
        default -> Fate.PASS;
      };
    }

    /** Grows with time, up to what a tenth of a second brings; is used up by bytes. */
    private final class Allowance {
      private final double most = Math.max(1, bytesPerSecond / 10.0);
      private double bytes;
      private long sinceNanos;
      private boolean waiting;

      private Allowance(long nanos) {
        sinceNanos = nanos;
        bytes = most;
      }

      private Fate take(Passage passage) {
        double grown = (passage.nowNanos() - sinceNanos) * (bytesPerSecond / 1e9);
        bytes = Math.min(most, bytes + grown);
        sinceNanos = passage.nowNanos();
        int taken = (int) Math.min(bytes, passage.byteCount());
        bytes -= taken;
        if (taken == passage.byteCount()) {
          waiting = false;
          return Fate.PASS;
        }
        if (!waiting) {
          waiting = true;
          context.bit();
        }
        return Fate.hold(taken);
      }
    }
  }
}
