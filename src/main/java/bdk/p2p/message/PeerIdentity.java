package bdk.p2p.message;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Who a peer has proved to be: the SHA-256 of its public key, as X.509 writes the key down
 * (SubjectPublicKeyInfo). Stays the same when a certificate for the same key is made anew.
 *
 * @param hex 64 hexadecimal digits, in lower case
 */
public record PeerIdentity(String hex) {
  private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{64}");

  /**
   * @throws IllegalArgumentException if it is anything but 64 digits in lower case
   */
  public PeerIdentity {
    if (!DIGITS.matcher(hex).matches()) {
      throw new IllegalArgumentException(
          "'" + hex + "' is no identity: it takes 64 hexadecimal digits");
    }
  }

  /** The identity of the holder of this key. */
  public static PeerIdentity of(PublicKey key) {
    byte[] written = key.getEncoded();
    if (written == null) {
      throw new IllegalArgumentException("a key that X.509 cannot write down has no identity");
    }
    return new PeerIdentity(HexFormat.of().formatHex(digest().digest(written)));
  }

  /**
   * Reads what {@link #toString} writes; capitals will do, too.
   *
   * @throws IllegalArgumentException if the text is anything else
   */
  public static PeerIdentity parse(String text) {
    return new PeerIdentity(text.strip().toLowerCase(Locale.ROOT));
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every Java platform has SHA-256", impossible);
    }
  }

  /** The 64 digits. */
  @Override
  public String toString() {
    return hex;
  }
}
