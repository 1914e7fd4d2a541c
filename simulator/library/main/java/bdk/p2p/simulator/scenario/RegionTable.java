package bdk.p2p.simulator.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads a region model from a table that ships with the simulator.
 *
 * <pre>
 * # comments with the source
 * region,share,download_bps,upload_bps,A,B      the columns after upload_bps name the regions again
 * A,0.7,52000000,19200000,32,124                 one-way milliseconds to A and to B
 * B,0.3,40000000,20700000,124,11
 * </pre>
 */
final class RegionTable {
  private static final int FIRST_LATENCY = 4;

  private RegionTable() {}

  static List<String> names() {
    return List.of("bitcoin-2019");
  }

  static RegionModel read(String name, double jitter, long interRegionBitsPerSecond) {
    List<String[]> rows = rows("regions-" + name + ".csv");
    List<RegionModel.Region> regions = new ArrayList<>();
    List<List<Double>> latencies = new ArrayList<>();
    for (String[] row : rows.subList(1, rows.size())) {
      regions.add(
          new RegionModel.Region(
              row[0], Double.parseDouble(row[1]), Long.parseLong(row[2]), Long.parseLong(row[3])));
      latencies.add(Arrays.stream(row).skip(FIRST_LATENCY).map(Double::valueOf).toList());
    }
    return new RegionModel(regions, latencies, jitter, interRegionBitsPerSecond);
  }

  private static List<String[]> rows(String resource) {
    try (InputStream in = RegionTable.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#") && !line.isBlank())
          .map(line -> line.split(","))
          .toList();
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }
}
