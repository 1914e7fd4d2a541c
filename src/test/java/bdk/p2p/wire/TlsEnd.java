package bdk.p2p.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.environment.Environment;
import bdk.p2p.identity.Credentials;
import bdk.p2p.identity.KeyFiles;
import bdk.p2p.identity.TlsProfile;
import bdk.p2p.identity.TlsRefusal;
import bdk.p2p.identity.Trust;
import bdk.p2p.message.CloseReason.Code;
import bdk.p2p.message.Message;
import bdk.p2p.message.PeerIdentity;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * One end of a TLS connection, in memory: the pipeline that a session has, and a note of all that
 * reaches its end. Time stands still and secrets repeat, so that every input has one outcome.
 */
final class TlsEnd implements AutoCloseable {
  /** Who can be there. */
  enum Who {
    ALPHA,
    BETA,
    GAMMA,
    STRANGER,
    EXPIRED;

    final Credentials credentials =
        KeyFiles.pkcs12(resource(name().toLowerCase(Locale.ROOT) + ".p12"), PASSWORD);
  }

  private static final class Trusted {
    /** Two are pinned: nothing has to be verified on the way from them to the authority. */
    private static final Trust ALL =
        new Trust(
            KeyFiles.authorities(resource("authority.pem")),
            List.of(Who.ALPHA.credentials.identity(), Who.BETA.credentials.identity()));
  }

  static final String NETWORK = "test";
  private static final char[] PASSWORD = "secret".toCharArray();

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
  private static final Set<Code> REASONS =
      Set.of(
          Code.TLS_MISMATCH,
          Code.TLS_FAILED,
          Code.UNTRUSTED,
          Code.WRONG_NETWORK,
          Code.WRONG_IDENTITY,
          Code.CLOSED_BY_PEER);
  private static final int MOST_CHARACTERS = 300;

  /** More than a record of TLS, as it comes and as it is read. */
  private static final int HELD_BYTES = 80_000;

  final Who who;
  final MemoryLine line = new MemoryLine();
  final List<PeerIdentity> identities = new ArrayList<>();
  final List<Object> delivered = new ArrayList<>();
  final List<Throwable> failures = new ArrayList<>();
  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final List<String> brokenClaims = new ArrayList<>();
  private long arrived;

  TlsEnd(Who who, String network, boolean dials, Optional<PeerIdentity> expected) {
    this.who = who;
    line.config().setAllocator(allocator);
    SecureRandom secrets = new RepeatedSecrets(dials ? 1 : 2).asSecureRandom();
    new TlsProfile(network, who.credentials, Trusted.ALL, environment(secrets))
        .secure(line, dials, expected);
    line.pipeline()
        .addLast(new HandshakeDecoder(), new FrameDecoder(DecoderRig.NO_LIMITS), new Recorder());
  }

  private static Path resource(String name) {
    try {
      return Path.of(TlsEnd.class.getResource("/tls/" + name).toURI());
    } catch (URISyntaxException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** It has a clock and secrets, and TLS must need nothing else. */
  private static Environment environment(SecureRandom secrets) {
    return (Environment)
        Proxy.newProxyInstance(
            TlsEnd.class.getClassLoader(),
            new Class<?>[] {Environment.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "clock" -> CLOCK;
                  case "secureRandom" -> secrets;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private final class Recorder extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      claim(!identities.isEmpty(), "delivered before the peer has proved who it is");
      claim(failures.isEmpty(), "delivered after a failure");
      claim(message instanceof Handshake || message instanceof Message, "bytes at the end");
      delivered.add(message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof PeerIdentity who) {
        claim(identities.isEmpty(), "proved twice");
        claim(failures.isEmpty(), "proved after a failure");
        identities.add(who);
      }
    }

    /** As a session does: the first failure is the reason of the close. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
      failures.add(failure);
      context.pipeline().close();
    }
  }

  private void claim(boolean holds, String otherwise) {
    if (!holds) {
      brokenClaims.add(otherwise);
    }
  }

  /** Writes these bytes, beneath TLS. */
  void say(byte[] bytes) {
    if (line.isActive() && !hasHungUp()) {
      said.writeBytes(bytes);
      line.writeAndFlush(allocator.buffer(bytes.length).writeBytes(bytes), line.voidPromise());
      line.runPendingTasks();
    }
  }

  /**
   * What it has said and a peer that trusts it is to have got, but for what breaks the protocol.
   */
  List<Object> expected() {
    byte[] all = said.toByteArray();
    List<Object> expected = new ArrayList<>();
    if (all.length >= Handshake.BYTES) {
      ByteBuf bytes = Unpooled.wrappedBuffer(all);
      expected.add(Handshake.decode(bytes));
      expected.addAll(frames(ByteBufUtil.getBytes(bytes)).messages());
    }
    return expected;
  }

  boolean saysNonsense() {
    byte[] all = said.toByteArray();
    return all.length > Handshake.BYTES
        && frames(Arrays.copyOfRange(all, Handshake.BYTES, all.length)).isViolated();
  }

  private static PlainFrameReader frames(byte[] bytes) {
    return PlainFrameReader.read(bytes, FrameEncoder.MAX_PAYLOAD_BYTES);
  }

  /** Lets these bytes come out of the network. */
  void arrive(byte[] bytes, int room) {
    if (!line.isOpen()) {
      return;
    }
    arrived += bytes.length;
    line.writeInbound(allocator.buffer(bytes.length + room).writeBytes(bytes));
    line.runPendingTasks();
  }

  /** What it has written since it was asked before. */
  byte[] written() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (ByteBuf one = line.readOutbound(); one != null; one = line.readOutbound()) {
      bytes.writeBytes(ByteBufUtil.getBytes(one));
      one.release();
    }
    assertTrue(
        bufferBytes() <= HELD_BYTES + 2 * arrived, () -> bufferBytes() + " bytes in buffers");
    return bytes.toByteArray();
  }

  boolean isProved() {
    return !identities.isEmpty();
  }

  /** Says that nothing more comes, as a session does at its end. */
  void takeLeave() {
    if (line.isActive() && !hasHungUp()) {
      TlsProfile.endOutput(line).addListener(told -> line.shutdownOutput());
      line.runPendingTasks();
    }
  }

  /** The connection ends, without a word of TLS. */
  void hangUp() {
    line.unsafe().close(line.newPromise());
    line.runPendingTasks();
  }

  /** Whether nothing more comes from it. */
  boolean hasHungUp() {
    return line.isOutputShutdown() || !line.isOpen();
  }

  private long bufferBytes() {
    return allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
  }

  /** Ends it and checks how it has ended. */
  @Override
  public void close() {
    line.advanceTimeBy(2, TimeUnit.SECONDS);
    line.runPendingTasks();
    assertTrue(failures.isEmpty() || !line.isOpen(), "open after a failure");
    hangUp();
    line.advanceTimeBy(2, TimeUnit.SECONDS);
    line.runPendingTasks();
    written();
    assertEquals(List.of(), brokenClaims);
    failures.forEach(TlsEnd::assertDocumented);
    assertEquals(0, bufferBytes(), "bytes in buffers that nobody released");
  }

  private static void assertDocumented(Throwable failure) {
    if (failure instanceof TlsRefusal refusal) {
      String words = refusal.reason().detail();
      assertTrue(REASONS.contains(refusal.reason().code()), refusal::toString);
      assertTrue(words.length() <= MOST_CHARACTERS, "a long reason");
      assertTrue(words.chars().noneMatch(Character::isISOControl), "control characters");
    } else if (!(failure instanceof ProtocolViolation
        || failure instanceof UnexpectedTls
        || failure instanceof IOException)) {
      throw new AssertionError("another failure", failure);
    }
  }
}
