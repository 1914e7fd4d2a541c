package bdk.p2p.simulator.report;

import java.lang.module.ModuleDescriptor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a run was made with. No state. */
final class Versions {
  private Versions() {}

  /** Of this module and the JVM it runs in. */
  static Map<String, String> present() {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put(
        "bdk-sim",
        Optional.ofNullable(Versions.class.getModule().getDescriptor())
            .flatMap(ModuleDescriptor::rawVersion)
            .orElse("unknown"));
    versions.put("java", Runtime.version().toString());
    return versions;
  }
}
