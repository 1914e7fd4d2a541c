package bdk.p2p.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.PeerIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Keys and certificates are read, or the complaint names the file and what is wrong with it. */
class TlsOptionsTest {
  @TempDir Path folder;

  private static TlsOptions.Builder network() {
    return TlsOptions.network("test");
  }

  private static void assertComplains(Path file, String what, Executable reading) {
    String message = assertThrows(IllegalArgumentException.class, reading).getMessage();
    assertTrue(message.startsWith(file + ": "), message);
    assertTrue(message.contains(what), message);
  }

  private static KeyStore store(String who) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(Keys.pkcs12(who))) {
      store.load(in, Keys.PASSWORD);
    }
    return store;
  }

  private Path pem(String name, String label, byte[] bytes) throws IOException {
    String body = Base64.getMimeEncoder().encodeToString(bytes);
    return Files.writeString(
        folder.resolve(name),
        "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n");
  }

  private Path key(String who) throws Exception {
    return pem(who + ".key", "PRIVATE KEY", store(who).getKey("node", Keys.PASSWORD).getEncoded());
  }

  private Path certificate(String who) throws Exception {
    return pem(who + ".pem", "CERTIFICATE", store(who).getCertificate("node").getEncoded());
  }

  @Test
  void pemAndPkcs12AreTheSameIdentity() throws Exception {
    TlsOptions options =
        network()
            .pem(certificate("alpha"), key("alpha"))
            .authorities(Keys.file("authority.pem"))
            .build();
    assertEquals(Keys.of("alpha").identity(), options.identity());
    assertEquals(
        PeerIdentity.of(store("alpha").getCertificate("node").getPublicKey()), options.identity());
    assertTrue(options.toString().contains(options.identity().toString()), options::toString);
  }

  @Test
  void missingFileIsNamed() {
    Path nowhere = folder.resolve("nowhere.p12");
    assertComplains(
        nowhere, "there is no such file", () -> network().pkcs12(nowhere, Keys.PASSWORD));
    assertComplains(nowhere, "there is no such file", () -> network().authorities(nowhere));
  }

  @Test
  void wrongPasswordIsNamed() {
    assertComplains(
        Keys.pkcs12("alpha"),
        "the password is wrong",
        () -> network().pkcs12(Keys.pkcs12("alpha"), "other".toCharArray()));
  }

  @Test
  void fileOfAnotherKindIsNamed() {
    Path pem = Keys.file("authority.pem");
    assertComplains(pem, "it is no PKCS12 file", () -> network().pkcs12(pem, Keys.PASSWORD));
    assertComplains(
        Keys.pkcs12("alpha"), "it is no PEM", () -> network().authorities(Keys.pkcs12("alpha")));
  }

  @Test
  void fileWithoutAKeyIsNamed() throws Exception {
    Path certificate = certificate("alpha");
    assertComplains(
        certificate,
        "there is no private key in it",
        () -> network().pem(certificate, certificate));
    Path trust = folder.resolve("trust.p12");
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("ca", store("authority").getCertificate("ca"));
    try (var out = Files.newOutputStream(trust)) {
      store.store(out, Keys.PASSWORD);
    }
    assertComplains(
        trust, "there is no private key in it", () -> network().pkcs12(trust, Keys.PASSWORD));
    network().authorities(trust, Keys.PASSWORD);
    assertComplains(
        Keys.pkcs12("alpha"),
        "there is no trusted certificate in it",
        () -> network().authorities(Keys.pkcs12("alpha"), Keys.PASSWORD));
  }

  @Test
  void keyOfSomebodyElseIsNamed() throws Exception {
    Path key = key("beta");
    Path certificate = certificate("alpha");
    assertComplains(
        key,
        "its key does not belong to the certificate in " + certificate,
        () -> network().pem(certificate, key));
  }

  @Test
  void encryptedKeyIsNamed() throws Exception {
    Path key = pem("encrypted.key", "ENCRYPTED PRIVATE KEY", new byte[] {1, 2, 3});
    Path certificate = certificate("alpha");
    assertComplains(key, "its private key is encrypted", () -> network().pem(certificate, key));
    Path old = pem("old.key", "RSA PRIVATE KEY", new byte[] {1, 2, 3});
    assertComplains(old, "not the PKCS8 form", () -> network().pem(certificate, old));
    Path broken = pem("broken.key", "PRIVATE KEY", new byte[] {1, 2, 3});
    assertComplains(broken, "its private key is none of", () -> network().pem(certificate, broken));
  }

  @Test
  void optionsTakeAKeyAndSomebodyToTrust() {
    assertThrows(IllegalArgumentException.class, () -> TlsOptions.network("two words"));
    assertThrows(IllegalArgumentException.class, () -> Keys.keyOf("alpha").build());
    TlsOptions.Builder keyless = network().authorities(Keys.file("authority.pem"));
    assertThrows(IllegalArgumentException.class, keyless::build);
  }

  @Test
  void identityIsReadAsItIsWritten() {
    PeerIdentity identity = Keys.of("alpha").identity();
    assertEquals(identity, PeerIdentity.parse(identity.toString()));
    assertEquals(identity, PeerIdentity.parse(" " + identity.hex().toUpperCase(Locale.ROOT) + " "));
    assertFalse(identity.equals(Keys.of("beta").identity()));
    assertThrows(IllegalArgumentException.class, () -> PeerIdentity.parse("12"));
  }
}
