package bdk.p2p.simulator.cli;

import bdk.p2p.simulator.run.Progress;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * Shows how far a run has come: one line that is written over on a terminal, a line now and then
 * elsewhere. For one thread.
 */
final class ProgressLine implements Progress, AutoCloseable {
  private static final long ELSEWHERE_EVERY_NANOS = 2_000_000_000L;

  private final PrintWriter err;
  private final boolean terminal = System.console() != null;
  private final long startNanos = System.nanoTime();
  private long shownNanos = startNanos;
  private boolean open;

  ProgressLine(PrintWriter err) {
    this.err = err;
  }

  @Override
  public void at(Status status) {
    long now = System.nanoTime();
    boolean last = status.now().compareTo(status.total()) >= 0;
    if (!terminal && !last && now - shownNanos < ELSEWHERE_EVERY_NANOS) {
      return;
    }
    shownNanos = now;
    double wall = (now - startNanos) / 1e9;
    String text =
        String.format(
            Locale.ROOT,
            "%3d of %d s, %.1f s real, %d sessions, %d broadcasts, %,d events (%,.0f/s), "
                + "%d faults on, %d claims broken",
            status.now().toSeconds(),
            status.total().toSeconds(),
            wall,
            status.sessions(),
            status.published(),
            status.events(),
            status.events() / wall,
            status.faultsOn(),
            status.breaches());
    err.print(terminal ? "\r" + text + " " : text + System.lineSeparator());
    err.flush();
    open = terminal;
  }

  /** Ends the line. */
  @Override
  public void close() {
    if (open) {
      err.println();
      err.flush();
      open = false;
    }
  }
}
