package bdk.p2p.simulator.trace;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Writes a trace as text, one event a line; packed with gzip if the name of the file ends in {@code
 * .gz}. For one thread.
 *
 * <pre>
 * bdk-sim trace 1
 * host 0 discovery                        index and id of each node
 * 1000000 0 LISTENING 0 0 0               nanoseconds, host, event, connection, bytes, CRC-32C in hex
 * = 10000 897b03ac...                     the digest of so many events
 * end 10234 5ce0d297...                   the last line
 * </pre>
 *
 * A failure to write is kept until {@link #close}: the world must not be disturbed.
 */
public final class TraceFile implements TraceSink, AutoCloseable {
  static final String FIRST_LINE = "bdk-sim trace 1";
  static final String HOST = "host ";
  static final String DIGEST = "= ";
  static final String END = "end ";

  private final Writer out;
  private final StringBuilder line = new StringBuilder();
  private IOException failure;
  private long events;
  private String digest = "";

  /**
   * Begins a file.
   *
   * @param ids the nodes, by their index
   */
  public TraceFile(Path file, List<String> ids) throws IOException {
    out = new BufferedWriter(new OutputStreamWriter(open(file), StandardCharsets.UTF_8), 1 << 16);
    write(FIRST_LINE + "\n");
    for (int index = 0; index < ids.size(); index++) {
      write(HOST + index + " " + ids.get(index) + "\n");
    }
  }

  private static OutputStream open(Path file) throws IOException {
    OutputStream plain = Files.newOutputStream(file);
    return isPacked(file) ? new Packed(plain) : plain;
  }

  static boolean isPacked(Path file) {
    return file.toString().endsWith(".gz");
  }

  @Override
  public void event(
      long nanos, int host, String event, long connection, int byteCount, int checksum) {
    events++;
    line.setLength(0);
    line.append(nanos).append(' ').append(host).append(' ').append(event).append(' ');
    line.append(connection).append(' ').append(byteCount).append(' ');
    line.append(Integer.toHexString(checksum)).append('\n');
    write(line);
  }

  @Override
  public void digest(long soFar, String hex) {
    write(DIGEST + soFar + " " + hex + "\n");
  }

  /** The digest of the whole run, for the last line. */
  public void end(String hex) {
    digest = hex;
  }

  private void write(CharSequence text) {
    if (failure == null) {
      try {
        out.append(text);
      } catch (IOException cause) {
        failure = cause;
      }
    }
  }

  /**
   * Writes the last line.
   *
   * @throws IOException also for what could not be written before
   */
  @Override
  public void close() throws IOException {
    write(END + events + " " + digest + "\n");
    try (out) {
      if (failure != null) {
        throw failure;
      }
    }
  }

  /** Fast rather than small. */
  private static final class Packed extends GZIPOutputStream {
    private Packed(OutputStream out) throws IOException {
      super(out, 1 << 16);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
