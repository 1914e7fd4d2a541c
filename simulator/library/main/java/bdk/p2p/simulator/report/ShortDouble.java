package bdk.p2p.simulator.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;

/** Numbers of a page: three places after the point are more than a screen shows. No state. */
final class ShortDouble extends StdScalarSerializer<Double> {
  private static final long serialVersionUID = 1;
  private static final double PLACES = 1_000;

  ShortDouble() {
    super(Double.class);
  }

  @Override
  public void serialize(Double value, JsonGenerator json, SerializerProvider provider)
      throws IOException {
    double rounded = Math.round(value * PLACES) / PLACES;
    if (rounded == Math.rint(rounded)) {
      json.writeNumber((long) rounded);
    } else {
      json.writeNumber(rounded);
    }
  }
}
