package bdk.p2p.simulator.report;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;

/**
 * What the browser may do with the page: run these scripts, apply styles, load nothing. No state.
 */
final class PagePolicy {
  private PagePolicy() {}

  /** The content security policy under which exactly these scripts run. */
  static String of(String... scripts) {
    String hashes =
        Arrays.stream(scripts)
            .map(script -> " 'sha256-" + hash(script) + "'")
            .collect(Collectors.joining());
    return "default-src 'none'; script-src"
        + hashes
        + "; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
  }

  private static String hash(String script) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return Base64.getEncoder()
          .encodeToString(sha256.digest(script.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException cause) {
      throw new IllegalStateException("every JDK has SHA-256", cause);
    }
  }
}
