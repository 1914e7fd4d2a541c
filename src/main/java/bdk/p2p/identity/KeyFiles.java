package bdk.p2p.identity;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/**
 * Reads keys and certificates out of PEM and PKCS12 files. Whatever is wrong with a file is an
 * {@code IllegalArgumentException} that names the file and the fault. No state; any thread.
 */
public final class KeyFiles {
  /** Far above any file of this kind. */
  private static final long MOST_BYTES = 1 << 20;

  private static final byte[] PROBE = {1, 2, 3};

  private KeyFiles() {}

  /** The key in one PEM file, and the certificates of its holder, its own first, in another. */
  public static Credentials pem(Path certificates, Path key) {
    List<X509Certificate> chain =
        in(certificates, () -> PemFile.parse(text(certificates)).certificates());
    PrivateKey secret = in(key, () -> PemFile.parse(text(key)).key());
    if (!fits(secret, chain.get(0))) {
      throw complaint(key, "its key does not belong to the certificate in " + certificates);
    }
    return new Credentials(secret, chain);
  }

  /** The only key in a PKCS12 file, with its certificates. */
  public static Credentials pkcs12(Path file, char[] password) {
    return in(file, () -> credentials(store(file, password), password));
  }

  /** The certificates in a PEM file. */
  public static List<X509Certificate> authorities(Path pem) {
    return in(pem, () -> PemFile.parse(text(pem)).certificates());
  }

  /** The certificates that a PKCS12 file says to trust. */
  public static List<X509Certificate> authorities(Path pkcs12, char[] password) {
    return in(pkcs12, () -> trusted(store(pkcs12, password)));
  }

  private static <T> T in(Path file, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException fault) {
      throw complaint(file, fault.getMessage());
    }
  }

  private static IllegalArgumentException complaint(Path file, String what) {
    return new IllegalArgumentException(file + ": " + what);
  }

  private static byte[] bytes(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new IllegalArgumentException(
            "it has " + Files.size(file) + " bytes, above the limit of " + MOST_BYTES);
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException missing) {
      throw new IllegalArgumentException("there is no such file", missing);
    } catch (IOException unreadable) {
      throw new IllegalArgumentException("it cannot be read: " + unreadable, unreadable);
    }
  }

  private static String text(Path file) {
    return new String(bytes(file), StandardCharsets.ISO_8859_1);
  }

  private static KeyStore store(Path file, char[] password) {
    byte[] bytes = bytes(file);
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(new ByteArrayInputStream(bytes), password);
      return store;
    } catch (IOException fault) {
      throw new IllegalArgumentException(
          fault.getCause() instanceof UnrecoverableKeyException
              ? "the password is wrong"
              : "it is no PKCS12 file: " + fault.getMessage(),
          fault);
    } catch (GeneralSecurityException fault) {
      throw new IllegalArgumentException(String.valueOf(fault.getMessage()), fault);
    }
  }

  private static Credentials credentials(KeyStore store, char[] password) {
    try {
      List<String> keys = new ArrayList<>();
      for (String alias : Collections.list(store.aliases())) {
        if (store.isKeyEntry(alias)) {
          keys.add(alias);
        }
      }
      if (keys.size() != 1) {
        throw new IllegalArgumentException(
            keys.isEmpty()
                ? "there is no private key in it"
                : "there are several keys in it, "
                    + keys
                    + ": keep the node's in a file of its own");
      }
      return credentials(store, keys.get(0), password);
    } catch (GeneralSecurityException fault) {
      throw new IllegalArgumentException("its key cannot be read: " + fault.getMessage(), fault);
    }
  }

  private static Credentials credentials(KeyStore store, String alias, char[] password)
      throws GeneralSecurityException {
    Key key = store.getKey(alias, password);
    Certificate[] chain = store.getCertificateChain(alias);
    if (!(key instanceof PrivateKey secret) || chain == null || chain.length == 0) {
      throw new IllegalArgumentException("'" + alias + "' is no private key with a certificate");
    }
    Credentials credentials =
        new Credentials(secret, Arrays.stream(chain).map(X509Certificate.class::cast).toList());
    if (!fits(secret, credentials.certificate())) {
      throw new IllegalArgumentException(
          "the key '" + alias + "' does not belong to its certificate");
    }
    return credentials;
  }

  private static List<X509Certificate> trusted(KeyStore store) {
    try {
      List<X509Certificate> found = new ArrayList<>();
      for (String alias : Collections.list(store.aliases())) {
        if (store.isCertificateEntry(alias)) {
          found.add((X509Certificate) store.getCertificate(alias));
        }
      }
      if (found.isEmpty()) {
        throw new IllegalArgumentException("there is no trusted certificate in it");
      }
      return found;
    } catch (KeyStoreException fault) {
      throw new IllegalArgumentException(String.valueOf(fault.getMessage()), fault);
    }
  }

  /** Whether what the key signs is what the certificate's holder would have signed. */
  private static boolean fits(PrivateKey key, X509Certificate certificate) {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "EdDSA" -> "EdDSA";
          case "EC" -> "SHA256withECDSA";
          default -> "SHA256withRSA";
        };
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(PROBE);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(PROBE);
      return signature.verify(signed);
    } catch (GeneralSecurityException ofAnotherKind) {
      return false;
    }
  }
}
