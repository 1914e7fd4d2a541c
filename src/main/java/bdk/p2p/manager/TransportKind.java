package bdk.p2p.manager;

/** Which of the system's socket interfaces carries the bytes. */
public enum TransportKind {
  /** epoll where it is available, else NIO. */
  AUTO,
  /** Linux epoll; starting fails where it is missing. */
  EPOLL,
  /** The JDK's own selectors; everywhere. */
  NIO,
  /** Linux io_uring; starting fails where it is missing. */
  IO_URING
}
