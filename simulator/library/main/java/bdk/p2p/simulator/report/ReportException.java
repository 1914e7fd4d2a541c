package bdk.p2p.simulator.report;

/** A file holds no report that can be read; the message is one line and fit for people. */
public final class ReportException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ReportException(String message) {
    super(message);
  }
}
