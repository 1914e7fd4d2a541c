package bdk.p2p.identity;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text between lines of dashes: certificates and a private key. Immutable; any thread.
 *
 * <p>Complaints say what is wrong; whoever has read the file adds its name.
 */
record PemFile(List<Block> blocks) {
  /** What stands between a line that begins it and one that ends it. */
  record Block(String label, String body) {}

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);
  private static final List<String> ALGORITHMS = List.of("EdDSA", "EC", "RSA");

  static PemFile parse(String text) {
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      blocks.add(new Block(matcher.group(1), matcher.group(2)));
    }
    if (blocks.isEmpty()) {
      throw new IllegalArgumentException("it is no PEM: there is no -----BEGIN line with its end");
    }
    return new PemFile(blocks);
  }

  /** Every certificate, in order; at least one. */
  List<X509Certificate> certificates() {
    List<X509Certificate> found = new ArrayList<>();
    for (Block block : blocks) {
      if (block.label().equals("CERTIFICATE")) {
        found.add(certificate(bytes(block)));
      }
    }
    if (found.isEmpty()) {
      throw new IllegalArgumentException("there is no certificate in it");
    }
    return found;
  }

  private static X509Certificate certificate(byte[] bytes) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(bytes));
    } catch (CertificateException broken) {
      throw new IllegalArgumentException(
          "a certificate in it cannot be read: " + broken.getMessage(), broken);
    }
  }

  /** The one private key. */
  PrivateKey key() {
    List<Block> keys = blocks.stream().filter(one -> one.label().endsWith("PRIVATE KEY")).toList();
    if (keys.size() != 1) {
      throw new IllegalArgumentException(
          keys.isEmpty()
              ? "there is no private key in it"
              : "there are several private keys in it");
    }
    Block key = keys.get(0);
    if (key.label().startsWith("ENCRYPTED") || key.body().contains("ENCRYPTED")) {
      throw new IllegalArgumentException(
          "its private key is encrypted: decrypt it (openssl pkey -in FILE -out PLAIN),"
              + " or use a PKCS12 file");
    }
    if (!key.label().equals("PRIVATE KEY")) {
      throw new IllegalArgumentException(
          "its key is a '"
              + key.label()
              + "', not the PKCS8 form 'PRIVATE KEY' (openssl pkey -in FILE -out PKCS8)");
    }
    return pkcs8(bytes(key));
  }

  /** The key itself says of which algorithm it is, but only to the right factory. */
  private static PrivateKey pkcs8(byte[] bytes) {
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
      } catch (GeneralSecurityException another) {
        // The next one may know it.
      }
    }
    throw new IllegalArgumentException("its private key is none of " + ALGORITHMS);
  }

  private static byte[] bytes(Block block) {
    try {
      return Base64.getMimeDecoder().decode(block.body());
    } catch (IllegalArgumentException broken) {
      throw new IllegalArgumentException(
          "its " + block.label() + " is not in Base64: " + broken.getMessage(), broken);
    }
  }
}
