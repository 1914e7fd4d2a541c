package bdk.p2p.simulator.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a region model from a table that ships with the simulator. Lines that begin with {@code #}
 * tell the source.
 *
 * <pre>
 * region,share,download_bps,upload_bps,A,B      one-way: the columns after upload_bps name the regions again
 * A,0.7,52000000,19200000,32,124                milliseconds to A and to B
 * B,0.3,40000000,20700000,124,11
 *
 * region,A,B                                    round trips: no shares and no limits, all are alike
 * A,,34                                         milliseconds to A and back, and to B and back
 * B,34,
 * </pre>
 */
final class RegionTable {
  private static final int FIRST_ONE_WAY = 4;
  private static final int FIRST_ROUND_TRIP = 1;

  /** Within one region of cloud-2024, half of the middle of the source's 0.7 to 2.9 ms. */
  private static final double INSIDE_MILLIS = 0.9;

  private static final Map<String, RegionModel> TABLES = tables();

  private RegionTable() {}

  static List<String> names() {
    return List.of("bitcoin-2019", "cloud-2024");
  }

  private static Map<String, RegionModel> tables() {
    Map<String, RegionModel> tables = new LinkedHashMap<>();
    names().forEach(name -> tables.put(name, read(name)));
    return tables;
  }

  static RegionModel read(String name, double jitter, long interRegionBitsPerSecond) {
    return TABLES
        .get(name)
        .withJitter(jitter)
        .withInterRegionBitsPerSecond(interRegionBitsPerSecond);
  }

  private static RegionModel read(String name) {
    List<String[]> rows = rows("regions-" + name + ".csv");
    boolean oneWay = rows.get(0)[1].equals("share");
    List<String[]> body = rows.subList(1, rows.size());
    List<RegionModel.Region> regions = new ArrayList<>();
    List<List<Double>> latencies = new ArrayList<>();
    for (String[] row : body) {
      regions.add(oneWay ? region(row) : new RegionModel.Region(row[0], 1.0 / body.size(), 0, 0));
      latencies.add(
          oneWay
              ? Arrays.stream(row).skip(FIRST_ONE_WAY).map(Double::valueOf).toList()
              : Arrays.stream(row).skip(FIRST_ROUND_TRIP).map(RegionTable::half).toList());
    }
    return new RegionModel(regions, latencies, 0, 0);
  }

  private static RegionModel.Region region(String[] row) {
    return new RegionModel.Region(
        row[0], Double.parseDouble(row[1]), Long.parseLong(row[2]), Long.parseLong(row[3]));
  }

  private static Double half(String roundTripMillis) {
    return roundTripMillis.isEmpty() ? INSIDE_MILLIS : Double.parseDouble(roundTripMillis) / 2;
  }

  private static List<String[]> rows(String resource) {
    try (InputStream in = RegionTable.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#") && !line.isBlank())
          .map(line -> line.split(",", -1))
          .toList();
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }
}
