package bdk.p2p.identity;

import bdk.p2p.message.CloseReason;
import bdk.p2p.message.CloseReason.Code;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * Says in our words why TLS failed on one connection. Where this side has refused, the examination
 * knows; where the peer has, only an alert tells, which in TLS 1.3 may come after this side has
 * taken the handshake for finished. Event loop only.
 */
final class TlsFailures {
  private static final Pattern ALERT = Pattern.compile("Received fatal alert: (\\w+)");
  private static final Pattern OF_CERTIFICATES =
      Pattern.compile(".*certificate.*|unknown_ca|access_denied");
  private static final int MOST_CHARACTERS = 300;

  private final Examination examination;
  private final String protocol;
  private final X509Certificate own;
  private final Clock clock;

  TlsFailures(Examination examination, String protocol, X509Certificate own, Clock clock) {
    this.examination = examination;
    this.protocol = protocol;
    this.own = own;
    this.clock = clock;
  }

  /** True if it is TLS that failed, and not the connection beneath it. */
  boolean isOfTls(Throwable cause) {
    return ofTls(cause) != null;
  }

  /** True if this side has ended it, and the peer is to hear of that. */
  boolean isOwnDecision(Throwable cause) {
    SSLException failure = ofTls(cause);
    return failure != null && alert(failure).isEmpty();
  }

  /**
   * Why the session ends.
   *
   * @param isProved whether the handshake was finished, on this side
   */
  CloseReason reason(Throwable cause, boolean isProved) {
    CloseReason reason = reasonInFull(cause, isProved);
    // A peer chooses the names in its certificate and offers.
    String words = reason.detail().replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
    return new CloseReason(
        reason.code(), words.substring(0, Math.min(words.length(), MOST_CHARACTERS)));
  }

  private CloseReason reasonInFull(Throwable cause, boolean isProved) {
    SSLException failure = ofTls(cause);
    if (failure == null) {
      return ofConnection(cause);
    }
    Optional<String> alert = alert(failure);
    if (alert.isPresent()) {
      return ofAlert(alert.get());
    }
    return examination
        .refusal()
        .filter(refusal -> !isProved)
        .orElseGet(() -> ofEngine(String.valueOf(failure.getMessage()), isProved));
  }

  private static CloseReason ofConnection(Throwable cause) {
    String when = "during the TLS handshake";
    return cause instanceof IOException && !(cause instanceof ClosedChannelException)
        ? new CloseReason(Code.CONNECTION_LOST, when + ": " + cause.getMessage())
        : new CloseReason(Code.CLOSED_BY_PEER, when);
  }

  private CloseReason ofAlert(String alert) {
    String words = " (TLS alert " + alert + ")";
    if (OF_CERTIFICATES.matcher(alert).matches()) {
      String whose = "the peer does not accept this node's certificate" + words;
      return new CloseReason(Code.UNTRUSTED, whose + ownFault());
    }
    return switch (alert) {
      case "no_application_protocol" ->
          new CloseReason(
              Code.WRONG_NETWORK, "this node is of network " + protocol + ", the peer not" + words);
      case "protocol_version" ->
          new CloseReason(Code.TLS_FAILED, "the peer does not speak TLS 1.3" + words);
      default -> new CloseReason(Code.TLS_FAILED, "the peer has ended it" + words);
    };
  }

  /** An alert does not say what is wrong with a certificate; the dates are plain to see. */
  private String ownFault() {
    return Trust.dates(own, clock.instant()).map(fault -> ": it " + fault).orElse("");
  }

  private static CloseReason ofEngine(String message, boolean isProved) {
    if (message.contains("Empty client certificate chain")) {
      return new CloseReason(Code.UNTRUSTED, "the peer has shown no certificate");
    }
    if (message.contains("protocol version") || message.contains("requested protocol")) {
      return new CloseReason(Code.TLS_FAILED, "the peer does not speak TLS 1.3: " + message);
    }
    String when = isProved ? "TLS broke: " : "the TLS handshake failed: ";
    return new CloseReason(Code.TLS_FAILED, when + message);
  }

  private static Optional<String> alert(SSLException failure) {
    Matcher matcher = ALERT.matcher(String.valueOf(failure.getMessage()));
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** The failure of TLS in what Netty's decoder may have wrapped it in, or null. */
  private static SSLException ofTls(Throwable cause) {
    for (Throwable one = cause; one != null; one = one.getCause()) {
      if (one instanceof SSLException failure) {
        return failure;
      }
    }
    return null;
  }
}
