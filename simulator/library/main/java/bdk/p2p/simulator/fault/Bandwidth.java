package bdk.p2p.simulator.fault;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The victims' uploads and downloads become narrow, with one place to wait in front of each that
 * never overflows: what one connection sends delays all others of the host, and the more is waiting
 * the longer everything takes, dials and receipts too, as with a modem that has too large a buffer.
 * At an end that is known beforehand all that still waits leaves: nothing is narrow any more.
 *
 * @param uploadBitsPerSecond of each victim, 0 for no limit, else at least 1,000
 * @param downloadBitsPerSecond of each victim, 0 for no limit, else at least 1,000
 */
public record Bandwidth(long uploadBitsPerSecond, long downloadBitsPerSecond) implements Fault {
  /** The least limit that makes sense. */
  public static final long LEAST_BITS = 1_000;

  /** The highest limit. */
  public static final long MOST_BITS = 1_000_000_000_000L;

  /**
   * @throws IllegalArgumentException naming the figure, its limits and the value
   */
  public Bandwidth {
    check("bandwidth: uploadBitsPerSecond", uploadBitsPerSecond);
    check("bandwidth: downloadBitsPerSecond", downloadBitsPerSecond);
    if (uploadBitsPerSecond == 0 && downloadBitsPerSecond == 0) {
      throw new IllegalArgumentException(
          "bandwidth: uploadBitsPerSecond and downloadBitsPerSecond are 0, expected a limit");
    }
  }

  private static void check(String place, long bits) {
    if (bits != 0) {
      Limits.within(place, LEAST_BITS, MOST_BITS, bits);
    }
  }

  @Override
  public String kind() {
    return "bandwidth";
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
    context.rule(new Queues(context));
  }

  /** The waiting places of all victims. */
  private final class Queues implements Rule {
    private final FaultContext context;
    private final Map<Integer, Fifo> uploads = new HashMap<>();
    private final Map<Integer, Fifo> downloads = new HashMap<>();

    private Queues(FaultContext context) {
      this.context = context;
      for (int victim : context.victims()) {
        uploads.put(victim, new Fifo(uploadBitsPerSecond));
        downloads.put(victim, new Fifo(downloadBitsPerSecond));
      }
    }

    @Override
    public int rank() {
      return WHOLLY_PASSED;
    }

    @Override
    public Fate judge(Passage passage) {
      Fifo upload = uploads.get(passage.from());
      Fifo download = downloads.get(passage.to());
      long now = passage.nowNanos();
      boolean waits = false;
      long passed = now;
      if (upload != null) {
        waits = upload.isBusy(passed);
        passed = upload.pass(passed, passage.byteCount());
      }
      if (download != null) {
        waits |= download.isBusy(passed);
        passed = download.pass(passed, passage.byteCount());
      }
      if (waits) {
        context.bit();
      }
      long leaves = Math.min(passed, Math.max(now, context.untilNanos()));
      return leaves == now ? Fate.PASS : Fate.delay(leaves - now);
    }
  }
}
