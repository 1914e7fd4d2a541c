package bdk.p2p.simulator.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * One end of a control connection: one JSON object a line, in UTF-8, in order. One thread reads;
 * any thread writes. A line is at most {@value #MOST_LINE_BYTES} bytes.
 */
final class ControlLine implements AutoCloseable {
  /** The largest payload of a workload, in Base64, and some words. */
  static final int MOST_LINE_BYTES = 140_000_000;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  ControlLine(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    this.in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    this.out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
  }

  static ObjectMapper mapper() {
    return MAPPER;
  }

  /** Something to say, of this kind. */
  static ObjectNode saying(String key, String kind) {
    return MAPPER.createObjectNode().put(key, kind);
  }

  /** Writes a line; it may wait until {@link #flush}. */
  void write(ObjectNode line) throws IOException {
    byte[] bytes;
    try {
      bytes = MAPPER.writeValueAsBytes(line);
    } catch (JsonProcessingException cause) {
      throw new IllegalStateException("a tree is always JSON", cause);
    }
    synchronized (out) {
      out.write(bytes);
      out.write('\n');
    }
  }

  void flush() throws IOException {
    synchronized (out) {
      out.flush();
    }
  }

  void send(ObjectNode line) throws IOException {
    write(line);
    flush();
  }

  /**
   * The next line; null at the end.
   *
   * @throws IOException if the connection fails, or what comes is no such line
   */
  JsonNode read() throws IOException {
    return read(MOST_LINE_BYTES, in::read);
  }

  /**
   * As {@link #read()}, of at most so many bytes that come within so long, from somebody who is not
   * known yet.
   */
  JsonNode read(int mostBytes, Duration limit) throws IOException {
    long end = System.nanoTime() + limit.toNanos();
    JsonNode line = read(mostBytes, () -> readUntil(end));
    socket.setSoTimeout(0);
    return line;
  }

  private int readUntil(long endNanos) throws IOException {
    long left = endNanos - System.nanoTime();
    if (left <= 0) {
      throw new SocketTimeoutException("the line is not over in time");
    }
    socket.setSoTimeout((int) Math.max(1, left / 1_000_000));
    return in.read();
  }

  /** What the next byte comes from; negative at the end. */
  private interface Bytes {
    int next() throws IOException;
  }

  private JsonNode read(int mostBytes, Bytes bytes) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    for (int next = bytes.next(); next != '\n'; next = bytes.next()) {
      if (next < 0) {
        return null;
      }
      if (line.size() == mostBytes) {
        throw new IOException("a line of more than " + mostBytes + " bytes");
      }
      line.write(next);
    }
    JsonNode node = MAPPER.readTree(line.toByteArray());
    if (node == null || !node.isObject()) {
      throw new IOException("a line that is no JSON object");
    }
    return node;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException gone) {
      // As good as closed.
    }
  }
}
