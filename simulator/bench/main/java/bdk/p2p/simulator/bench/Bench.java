package bdk.p2p.simulator.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Measures a case: a scene for each contender, which stays; a warm-up; then rounds in which each
 * contender has one window, while the others rest. For one thread.
 *
 * @param rounds how many windows each contender has
 * @param windowMillis how long a window is
 * @param warmUpMillis how long each contender works at a time before the first round
 * @param warmUps how often at most
 * @param keys for the cases under TLS; those are an error without
 */
record Bench(int rounds, long windowMillis, long warmUpMillis, int warmUps, Optional<Keys> keys) {
  BenchResult run(BenchCase one) throws IOException, InterruptedException {
    Map<Contender, Scene> scenes = new EnumMap<>(Contender.class);
    try {
      Map<Contender, List<Window>> seen = new EnumMap<>(Contender.class);
      for (Contender contender : one.contenders()) {
        scenes.put(contender, Scene.of(one, contender, keys));
        seen.put(contender, new ArrayList<>());
      }
      for (Scene scene : scenes.values()) {
        scene.warmUp(warmUpMillis, warmUps);
      }
      for (int round = 0; round < rounds; round++) {
        for (Contender contender : one.contenders()) {
          seen.get(contender).add(scenes.get(contender).measure(windowMillis));
        }
      }
      return BenchResult.of(one, seen);
    } finally {
      scenes.values().forEach(Scene::close);
    }
  }
}
