package bdk.p2p.simulator.scenario;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the field {@code regions} of a scenario file: a measured table by name, or a matrix of the
 * file's own. No state.
 */
final class RegionFields {
  static final long BITS_LIMIT = 1_000_000_000_000L;
  private static final double LATENCY_LIMIT_MILLIS = 60_000;

  private RegionFields() {}

  static RegionModel read(YamlValue value) {
    value.only("table", "custom", "jitter", "interRegionBitsPerSecond");
    if (value.find("table").isPresent() == value.find("custom").isPresent()) {
      throw value.complaint("expected either table or custom");
    }
    double jitter = value.find("jitter").map(one -> one.fraction(0, 10)).orElse(0.0);
    long limit =
        value.find("interRegionBitsPerSecond").map(one -> one.number(0L, BITS_LIMIT)).orElse(0L);
    if (value.find("custom").isPresent()) {
      return custom(value.get("custom"), jitter, limit);
    }
    Map<String, String> tables = new LinkedHashMap<>();
    RegionTable.names().forEach(name -> tables.put(name, name));
    return RegionTable.read(value.get("table").oneOf(tables), jitter, limit);
  }

  private static RegionModel custom(YamlValue list, double jitter, long limit) {
    Set<String> names = new HashSet<>();
    List<List<Double>> latencies = new ArrayList<>();
    List<RegionModel.Region> regions =
        list.list(
            value -> {
              latencies.add(
                  value.get("latencyMillis").list(one -> one.fraction(0, LATENCY_LIMIT_MILLIS)));
              return region(value, names);
            });
    if (regions.isEmpty()) {
      throw list.complaint("expected at least one region");
    }
    list.list(value -> requireLength(value.get("latencyMillis"), regions.size()));
    return new RegionModel(regions, latencies, jitter, limit);
  }

  private static RegionModel.Region region(YamlValue value, Set<String> names) {
    value.only("name", "share", "downloadBitsPerSecond", "uploadBitsPerSecond", "latencyMillis");
    YamlValue name = value.get("name");
    name.unique(name.words(), names);
    return new RegionModel.Region(
        name.words(),
        value.find("share").map(one -> one.fraction(0.000_1, 1_000_000)).orElse(1.0),
        bits(value, "downloadBitsPerSecond"),
        bits(value, "uploadBitsPerSecond"));
  }

  private static long bits(YamlValue value, String field) {
    return value.find(field).map(one -> one.number(0L, BITS_LIMIT)).orElse(0L);
  }

  private static Integer requireLength(YamlValue list, int regions) {
    int found = list.list(one -> one).size();
    if (found != regions) {
      throw list.complaint(
          "expected a latency to each of the " + regions + " regions, found " + found);
    }
    return found;
  }
}
