package bdk.p2p.simulator.trace;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** Reads a trace file from its first event to its last. For one thread. */
final class TraceReader implements AutoCloseable {
  private final Path file;
  private final BufferedReader in;
  private final List<String> ids = new ArrayList<>();
  private String pending;
  private long lineNumber;
  private boolean ended;

  TraceReader(Path file) throws IOException {
    this.file = file;
    InputStream plain = Files.newInputStream(file);
    InputStream bytes = TraceFile.isPacked(file) ? new GZIPInputStream(plain, 1 << 16) : plain;
    in = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8), 1 << 16);
    String first = line();
    if (!TraceFile.FIRST_LINE.equals(first)) {
      throw complaint("'" + TraceFile.FIRST_LINE + "'", first);
    }
    for (pending = line(); isHost(pending); pending = line()) {
      ids.add(pending.split(" ", 3)[2]);
    }
  }

  private boolean isHost(String line) {
    return line != null && line.startsWith(TraceFile.HOST + ids.size() + " ");
  }

  /** The next event; empty after the last, also if the file ends in the middle. */
  Optional<TraceEntry> next() throws IOException {
    while (!ended) {
      String line = pending == null ? line() : pending;
      pending = null;
      if (line == null || line.startsWith(TraceFile.END)) {
        ended = true;
      } else if (!line.startsWith(TraceFile.DIGEST)) {
        return Optional.of(entry(line));
      }
    }
    return Optional.empty();
  }

  private String line() throws IOException {
    lineNumber++;
    try {
      return in.readLine();
    } catch (EOFException brokenOff) {
      return null;
    }
  }

  private TraceEntry entry(String line) throws IOException {
    String[] words = line.split(" ");
    try {
      int host = Integer.parseInt(words[1]);
      return new TraceEntry(
          Long.parseLong(words[0]),
          host < ids.size() ? ids.get(host) : "host " + host,
          words[2],
          Long.parseLong(words[3]),
          Integer.parseInt(words[4]),
          words[5]);
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException wrong) {
      throw complaint("an event of six words", line);
    }
  }

  private IOException complaint(String expected, String found) {
    String shown = found == null ? "the end" : "'" + shortened(found) + "'";
    return new IOException(file + ":" + lineNumber + ": expected " + expected + ", found " + shown);
  }

  private static String shortened(String text) {
    return text.length() > 60 ? text.substring(0, 60) + "..." : text;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
