package bdk.p2p.manager;

import bdk.p2p.wire.FrameEncoder;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Every bound and time of a node. Immutable and validated; any thread. The defaults are meant for a
 * node on the open internet.
 *
 * <pre>{@code
 * ManagerOptions options = ManagerOptions.builder().maxPeers(20).minPeers(8).build();
 * }</pre>
 *
 * @param connectTimeout how long a dial may take to connect; default 5 s
 * @param handshakeTimeout how long a peer may take to finish its handshake; default 5 s
 * @param frameTimeout how long a frame may take from its first byte to its last, not counting while
 *     this node does not read; then the peer is closed; default 120 s
 * @param requestTimeout how long a request waits for its answer from the call on, and a later
 *     answer or verdict of a handler may take, unless its command says otherwise, as RequestBlock
 *     does with 60 s; default 5 s
 * @param idleTimeout how long a peer may be silent, not counting while this node does not read or
 *     stands still itself; it is pinged at half of it; default 60 s
 * @param writeStallTimeout how long a peer may take nothing of what waits for it; default 10 s
 * @param probeTimeout how long the session to keep may take to answer when two sessions of a peer
 *     meet; default 2 s
 * @param stopTimeout how long stopping may take in all; default 5 s
 * @param infoInterval how often NORMAL peers are told this node's NodeInfo; default 1 s
 * @param discoveryInterval between two rounds of discovery while there are too few peers; default 1
 *     s
 * @param discoveryRestingInterval between two rounds of discovery while there are enough; default
 *     10 s
 * @param minPeers NORMAL peers below which the node looks for more; so it does if it has dialled
 *     less than a quarter of these itself, or {@code outboundSlots} if that is less; default 8
 * @param maxPeers the most peers of any type; default 125
 * @param outboundSlots how many of {@code maxPeers} are kept for peers that this node dials, so
 *     that those who dial it never take all; 0 to maxPeers - 1. A discovery node keeps no more than
 *     it has seeds. Default {@code minPeers}, or half of {@code maxPeers} if that is less
 * @param inboundPerNetwork the most peers that dialled from one network, an IPv4 /24 or an IPv6
 *     /48; default 32
 * @param maxHandshakes the most unfinished handshakes of dialling peers, beside the peers; one of
 *     the network that has the most goes, at random; default 256
 * @param maxDials the most dials of the node's own under way; default 16
 * @param outboundMessages messages that may wait to be written to one peer, at most 8,388,608;
 *     default 4,096
 * @param outboundBytes frame bytes that may wait to be written to one peer, at most 512 GiB; a
 *     larger message is taken only into an empty queue; default 4 MiB
 * @param inboxMessages messages of one peer that may be unhandled or unanswered before its bytes
 *     are no longer read, at most 8,388,608; default 1,024
 * @param inboxBytes payload bytes of those, at most 512 GiB; one message may exceed it; default 4
 *     MiB
 * @param totalInboxMessages messages of all peers together that may be unhandled or unanswered;
 *     from then on a peer is not read while it has its fair share of them, so that twice as many
 *     are the most; default 65,536
 * @param totalInboxBytes payload bytes of those, in the same way, at least the largest payload, at
 *     most 512 GiB; at twice as many, because each of many peers waits for one large answer, the
 *     peer goes that has been taking its next message for the longest; default 24 MiB
 * @param totalArrivingBytes memory of frames of all peers that have come in part; when it is used
 *     up, the peer goes whose frame has been on its way for the longest, of those that take more
 *     than their fair share; one frame may overshoot; at least the largest payload, at most 512
 *     GiB; default 24 MiB
 * @param totalOutboundBytes frame bytes that may wait to be written to all peers, what several
 *     peers wait for counted once; from then on a peer that has its fair share gets no more; at
 *     twice as many, because each of several peers waits for one large message, one goes as with
 *     {@code totalInboxBytes}; at least the largest payload, at most 512 GiB; default 24 MiB
 * @param pendingRequests requests to one peer that may be open; default 4,096
 * @param maxPayloadBytes the largest payload of a command that has no bound of its own, from a peer
 *     and to one; default 16 MiB; the protocol allows 134,217,717. Nodes of a network agree on it
 * @param messageRate how many messages of any command are read from one address; whoever sends
 *     faster is read no faster, loses nothing and is not punished; IPv6 addresses of one /64 count
 *     as one; default no bound, beside those of {@link CommandOptions}
 * @param byteRate how many frame bytes are read from one address, in the same way; default no bound
 * @param seenBroadcasts broadcasts that are remembered; default 65,536
 * @param knownAddresses addresses that are remembered for dialling; default 4,096
 * @param addressesPerAnswer addresses that one answer gives, and that are taken from one answer or
 *     NodeInfo, the rest is passed over; default 1,000
 * @param ioThreads event loops; default the number of processors, at most 4
 * @param workerThreads threads that run handlers; default the number of processors, at least 2
 * @param transport which socket interface to use; default {@link TransportKind#AUTO}
 * @param guard who may connect how often, and what misbehaviour leads to
 */
public record ManagerOptions(
    Duration connectTimeout,
    Duration handshakeTimeout,
    Duration frameTimeout,
    Duration requestTimeout,
    Duration idleTimeout,
    Duration writeStallTimeout,
    Duration probeTimeout,
    Duration stopTimeout,
    Duration infoInterval,
    Duration discoveryInterval,
    Duration discoveryRestingInterval,
    int minPeers,
    int maxPeers,
    int outboundSlots,
    int inboundPerNetwork,
    int maxHandshakes,
    int maxDials,
    int outboundMessages,
    long outboundBytes,
    int inboxMessages,
    long inboxBytes,
    int totalInboxMessages,
    long totalInboxBytes,
    long totalArrivingBytes,
    long totalOutboundBytes,
    int pendingRequests,
    int maxPayloadBytes,
    Optional<Rate> messageRate,
    Optional<Rate> byteRate,
    int seenBroadcasts,
    int knownAddresses,
    int addressesPerAnswer,
    int ioThreads,
    int workerThreads,
    TransportKind transport,
    GuardOptions guard) {
  /** What one peer's messages may be, and far more than any memory holds. */
  private static final int MOST_MESSAGES = 1 << 23;

  private static final long MOST_BYTES = 1L << 39;

  /**
   * @throws IllegalArgumentException naming the option, its limit and the value
   */
  public ManagerOptions {
    positive("connectTimeout", connectTimeout);
    positive("handshakeTimeout", handshakeTimeout);
    positive("frameTimeout", frameTimeout);
    positive("requestTimeout", requestTimeout);
    positive("idleTimeout", idleTimeout);
    positive("writeStallTimeout", writeStallTimeout);
    positive("probeTimeout", probeTimeout);
    positive("stopTimeout", stopTimeout);
    positive("infoInterval", infoInterval);
    positive("discoveryInterval", discoveryInterval);
    positive("discoveryRestingInterval", discoveryRestingInterval);
    atLeast(0, "minPeers", minPeers);
    atLeast(1, "maxPeers", maxPeers);
    atLeast(1, "maxHandshakes", maxHandshakes);
    atLeast(1, "maxDials", maxDials);
    atLeast(1, "outboundMessages", outboundMessages);
    atMost(MOST_MESSAGES, "outboundMessages", outboundMessages);
    atLeast(1, "outboundBytes", outboundBytes);
    atMost(MOST_BYTES, "outboundBytes", outboundBytes);
    atLeast(1, "inboxMessages", inboxMessages);
    atMost(MOST_MESSAGES, "inboxMessages", inboxMessages);
    atLeast(1, "inboxBytes", inboxBytes);
    atMost(MOST_BYTES, "inboxBytes", inboxBytes);
    atLeast(1, "totalInboxMessages", totalInboxMessages);
    atLeast(1, "pendingRequests", pendingRequests);
    atLeast(0, "maxPayloadBytes", maxPayloadBytes);
    atMost(FrameEncoder.MAX_PAYLOAD_BYTES, "maxPayloadBytes", maxPayloadBytes);
    // One message alone must never be too much for all.
    atLeast(maxPayloadBytes, "totalArrivingBytes", totalArrivingBytes);
    atLeast(Math.max(1, maxPayloadBytes), "totalInboxBytes", totalInboxBytes);
    atLeast(Math.max(1, maxPayloadBytes), "totalOutboundBytes", totalOutboundBytes);
    atMost(MOST_BYTES, "totalArrivingBytes", totalArrivingBytes);
    atMost(MOST_BYTES, "totalInboxBytes", totalInboxBytes);
    atMost(MOST_BYTES, "totalOutboundBytes", totalOutboundBytes);
    atLeast(1, "seenBroadcasts", seenBroadcasts);
    atLeast(1, "knownAddresses", knownAddresses);
    atLeast(1, "addressesPerAnswer", addressesPerAnswer);
    atLeast(1, "ioThreads", ioThreads);
    atLeast(1, "workerThreads", workerThreads);
    atMost(maxPeers, "minPeers", minPeers);
    Objects.requireNonNull(messageRate, "messageRate");
    Objects.requireNonNull(byteRate, "byteRate");
    atLeast(0, "outboundSlots", outboundSlots);
    atMost(maxPeers - 1, "outboundSlots", outboundSlots);
    atLeast(1, "inboundPerNetwork", inboundPerNetwork);
    Objects.requireNonNull(transport, "transport");
    Objects.requireNonNull(guard, "guard");
  }

  private static void positive(String name, Duration value) {
    if (value.isNegative() || value.isZero() || value.compareTo(Duration.ofDays(365)) > 0) {
      throw new IllegalArgumentException(
          name + " is " + value + ", not above zero and at most 365 days");
    }
  }

  private static void atLeast(long least, String name, long value) {
    if (value < least) {
      throw new IllegalArgumentException(name + " is " + value + ", below the minimum of " + least);
    }
  }

  private static void atMost(long most, String name, long value) {
    if (value > most) {
      throw new IllegalArgumentException(name + " is " + value + ", above the limit of " + most);
    }
  }

  /** The defaults. */
  public static ManagerOptions defaults() {
    return builder().build();
  }

  /** A builder that starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects options; for one thread. */
  public static final class Builder {
    private Duration connectTimeout = Duration.ofSeconds(5);
    private Duration handshakeTimeout = Duration.ofSeconds(5);
    private Duration frameTimeout = Duration.ofSeconds(120);
    private Duration requestTimeout = Duration.ofSeconds(5);
    private Duration idleTimeout = Duration.ofSeconds(60);
    private Duration writeStallTimeout = Duration.ofSeconds(10);
    private Duration probeTimeout = Duration.ofSeconds(2);
    private Duration stopTimeout = Duration.ofSeconds(5);
    private Duration infoInterval = Duration.ofSeconds(1);
    private Duration discoveryInterval = Duration.ofSeconds(1);
    private Duration discoveryRestingInterval = Duration.ofSeconds(10);
    private int minPeers = 8;
    private int maxPeers = 125;
    private OptionalInt outboundSlots = OptionalInt.empty();
    private int inboundPerNetwork = 32;
    private int maxHandshakes = 256;
    private int maxDials = 16;
    private int outboundMessages = 4096;
    private long outboundBytes = 4L << 20;
    private int inboxMessages = 1024;
    private long inboxBytes = 4L << 20;
    private int totalInboxMessages = 65_536;
    private long totalInboxBytes = 24L << 20;
    private long totalArrivingBytes = 24L << 20;
    private long totalOutboundBytes = 24L << 20;
    private int pendingRequests = 4096;
    private int maxPayloadBytes = 16 << 20;
    private Optional<Rate> messageRate = Optional.empty();
    private Optional<Rate> byteRate = Optional.empty();
    private int seenBroadcasts = 65_536;
    private int knownAddresses = 4096;
    private int addressesPerAnswer = 1000;
    private int ioThreads = Math.min(4, Runtime.getRuntime().availableProcessors());
    private int workerThreads = Math.max(2, Runtime.getRuntime().availableProcessors());
    private TransportKind transport = TransportKind.AUTO;
    private GuardOptions guard = GuardOptions.defaults();

    private Builder() {}

    /** See {@link ManagerOptions#connectTimeout()}. */
    public Builder connectTimeout(Duration value) {
      connectTimeout = value;
      return this;
    }

    /** See {@link ManagerOptions#handshakeTimeout()}. */
    public Builder handshakeTimeout(Duration value) {
      handshakeTimeout = value;
      return this;
    }

    /** See {@link ManagerOptions#frameTimeout()}. */
    public Builder frameTimeout(Duration value) {
      frameTimeout = value;
      return this;
    }

    /** See {@link ManagerOptions#requestTimeout()}. */
    public Builder requestTimeout(Duration value) {
      requestTimeout = value;
      return this;
    }

    /** See {@link ManagerOptions#idleTimeout()}. */
    public Builder idleTimeout(Duration value) {
      idleTimeout = value;
      return this;
    }

    /** See {@link ManagerOptions#writeStallTimeout()}. */
    public Builder writeStallTimeout(Duration value) {
      writeStallTimeout = value;
      return this;
    }

    /** See {@link ManagerOptions#probeTimeout()}. */
    public Builder probeTimeout(Duration value) {
      probeTimeout = value;
      return this;
    }

    /** See {@link ManagerOptions#stopTimeout()}. */
    public Builder stopTimeout(Duration value) {
      stopTimeout = value;
      return this;
    }

    /** See {@link ManagerOptions#infoInterval()}. */
    public Builder infoInterval(Duration value) {
      infoInterval = value;
      return this;
    }

    /** See {@link ManagerOptions#discoveryInterval()}. */
    public Builder discoveryInterval(Duration value) {
      discoveryInterval = value;
      return this;
    }

    /** See {@link ManagerOptions#discoveryRestingInterval()}. */
    public Builder discoveryRestingInterval(Duration value) {
      discoveryRestingInterval = value;
      return this;
    }

    /** See {@link ManagerOptions#minPeers()}. */
    public Builder minPeers(int value) {
      minPeers = value;
      return this;
    }

    /** See {@link ManagerOptions#maxPeers()}. */
    public Builder maxPeers(int value) {
      maxPeers = value;
      return this;
    }

    /** See {@link ManagerOptions#outboundSlots()}. */
    public Builder outboundSlots(int value) {
      outboundSlots = OptionalInt.of(value);
      return this;
    }

    /** See {@link ManagerOptions#inboundPerNetwork()}. */
    public Builder inboundPerNetwork(int value) {
      inboundPerNetwork = value;
      return this;
    }

    /** See {@link ManagerOptions#maxHandshakes()}. */
    public Builder maxHandshakes(int value) {
      maxHandshakes = value;
      return this;
    }

    /** See {@link ManagerOptions#maxDials()}. */
    public Builder maxDials(int value) {
      maxDials = value;
      return this;
    }

    /** See {@link ManagerOptions#outboundMessages()}. */
    public Builder outboundMessages(int value) {
      outboundMessages = value;
      return this;
    }

    /** See {@link ManagerOptions#outboundBytes()}. */
    public Builder outboundBytes(long value) {
      outboundBytes = value;
      return this;
    }

    /** See {@link ManagerOptions#inboxMessages()}. */
    public Builder inboxMessages(int value) {
      inboxMessages = value;
      return this;
    }

    /** See {@link ManagerOptions#inboxBytes()}. */
    public Builder inboxBytes(long value) {
      inboxBytes = value;
      return this;
    }

    /** See {@link ManagerOptions#totalInboxMessages()}. */
    public Builder totalInboxMessages(int value) {
      totalInboxMessages = value;
      return this;
    }

    /** See {@link ManagerOptions#totalInboxBytes()}. */
    public Builder totalInboxBytes(long value) {
      totalInboxBytes = value;
      return this;
    }

    /** See {@link ManagerOptions#totalArrivingBytes()}. */
    public Builder totalArrivingBytes(long value) {
      totalArrivingBytes = value;
      return this;
    }

    /** See {@link ManagerOptions#totalOutboundBytes()}. */
    public Builder totalOutboundBytes(long value) {
      totalOutboundBytes = value;
      return this;
    }

    /** See {@link ManagerOptions#pendingRequests()}. */
    public Builder pendingRequests(int value) {
      pendingRequests = value;
      return this;
    }

    /** See {@link ManagerOptions#maxPayloadBytes()}. */
    public Builder maxPayloadBytes(int value) {
      maxPayloadBytes = value;
      return this;
    }

    /** See {@link ManagerOptions#messageRate()}. */
    public Builder messageRate(Rate value) {
      messageRate = Optional.of(value);
      return this;
    }

    /** See {@link ManagerOptions#byteRate()}. */
    public Builder byteRate(Rate value) {
      byteRate = Optional.of(value);
      return this;
    }

    /** See {@link ManagerOptions#seenBroadcasts()}. */
    public Builder seenBroadcasts(int value) {
      seenBroadcasts = value;
      return this;
    }

    /** See {@link ManagerOptions#knownAddresses()}. */
    public Builder knownAddresses(int value) {
      knownAddresses = value;
      return this;
    }

    /** See {@link ManagerOptions#addressesPerAnswer()}. */
    public Builder addressesPerAnswer(int value) {
      addressesPerAnswer = value;
      return this;
    }

    /** See {@link ManagerOptions#ioThreads()}. */
    public Builder ioThreads(int value) {
      ioThreads = value;
      return this;
    }

    /** See {@link ManagerOptions#workerThreads()}. */
    public Builder workerThreads(int value) {
      workerThreads = value;
      return this;
    }

    /** See {@link ManagerOptions#transport()}. */
    public Builder transport(TransportKind value) {
      transport = value;
      return this;
    }

    /** See {@link ManagerOptions#guard()}. */
    public Builder guard(GuardOptions value) {
      guard = value;
      return this;
    }

    /**
     * Checks everything.
     *
     * @throws IllegalArgumentException naming the option, its limit and the value
     */
    public ManagerOptions build() {
      return new ManagerOptions(
          connectTimeout,
          handshakeTimeout,
          frameTimeout,
          requestTimeout,
          idleTimeout,
          writeStallTimeout,
          probeTimeout,
          stopTimeout,
          infoInterval,
          discoveryInterval,
          discoveryRestingInterval,
          minPeers,
          maxPeers,
          outboundSlots.orElse(Math.max(0, Math.min(minPeers, maxPeers / 2))),
          inboundPerNetwork,
          maxHandshakes,
          maxDials,
          outboundMessages,
          outboundBytes,
          inboxMessages,
          inboxBytes,
          totalInboxMessages,
          totalInboxBytes,
          totalArrivingBytes,
          totalOutboundBytes,
          pendingRequests,
          maxPayloadBytes,
          messageRate,
          byteRate,
          seenBroadcasts,
          knownAddresses,
          addressesPerAnswer,
          ioThreads,
          workerThreads,
          transport,
          guard);
    }
  }
}
