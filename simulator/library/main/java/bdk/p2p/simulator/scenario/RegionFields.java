package bdk.p2p.simulator.scenario;

import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the field {@code regions} of a scenario file. No state. */
final class RegionFields {
  static final long BITS_LIMIT = 1_000_000_000_000L;

  private RegionFields() {}

  static RegionModel read(YamlValue value) {
    value.only("table", "jitter", "interRegionBitsPerSecond");
    Map<String, String> tables = new LinkedHashMap<>();
    RegionTable.names().forEach(name -> tables.put(name, name));
    return RegionTable.read(
        value.get("table").oneOf(tables),
        value.find("jitter").map(one -> one.fraction(0, 10)).orElse(0.0),
        value.find("interRegionBitsPerSecond").map(one -> one.number(0L, BITS_LIMIT)).orElse(0L));
  }
}
