package bdk.p2p.simulator.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.manager.Manager;
import bdk.p2p.simulator.run.ScenarioRunner;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Nothing that a virtual world runs gets time, chance, threads or order from anywhere but the
 * world: neither the core, but for its floor that is the real world, nor the simulator.
 */
class DeterminismTest {
  private static final List<String> SIMULATOR =
      List.of("world", "fault", "run", "scenario", "oracle", "backend", "hostile", "trace");

  private static final JavaClasses WORLD = world();

  private static JavaClasses world() {
    JavaClasses all =
        new ClassFileImporter()
            .importLocations(List.of(location(Manager.class), location(ScenarioRunner.class)));
    return all.that(
        new DescribedPredicate<>("run by a virtual world") {
          @Override
          public boolean test(JavaClass one) {
            return isInWorld(one);
          }
        });
  }

  private static Location location(Class<?> of) {
    return Location.of(of.getProtectionDomain().getCodeSource().getLocation());
  }

  private static boolean isInWorld(JavaClass one) {
    String place = one.getPackageName();
    if (place.startsWith("bdk.p2p.simulator.")) {
      String part = place.substring("bdk.p2p.simulator.".length()).split("\\.")[0];
      // The backend over real sockets is no virtual world.
      boolean isReal = one.getName().startsWith("bdk.p2p.simulator.backend.Loopback");
      return SIMULATOR.contains(part) && !isReal;
    }
    // The door for other people's tests stands outside of the worlds that it makes.
    return place.startsWith("bdk.p2p.")
        && !place.equals("bdk.p2p.simulator")
        && !place.equals("bdk.p2p.environment");
  }

  @Test
  void worldOfTheTestIsWhole() {
    Set<String> packages =
        WORLD.stream()
            .map(JavaClass::getPackageName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertTrue(
        packages.containsAll(
            List.of(
                "bdk.p2p.manager",
                "bdk.p2p.session",
                "bdk.p2p.peer",
                "bdk.p2p.simulator.world",
                "bdk.p2p.simulator.run",
                "bdk.p2p.simulator.fault",
                "bdk.p2p.simulator.oracle")),
        packages::toString);
  }

  @ParameterizedTest
  @EnumSource
  void nothingLeaksIntoTheWorldButWhatWasReviewed(Leak leak) {
    Set<String> found = new TreeSet<>();
    for (JavaClass one : WORLD) {
      leak.in(one).forEach(what -> found.add(place(one) + " " + what));
    }
    // A place that is no longer there must go from the list, too.
    assertEquals(join(Reviewed.places(leak)), join(found));
  }

  @ParameterizedTest
  @EnumSource
  void everyUseThatIsForbiddenIsFoundWhereItIsPlanted(Leak leak) {
    JavaClass planted = new ClassFileImporter().importClass(PlantedLeaks.of(leak));
    Set<Integer> all =
        IntStream.range(0, leak.useCount()).boxed().collect(Collectors.toCollection(TreeSet::new));
    assertEquals(all, leak.usesIn(planted), leak.in(planted)::toString);
  }

  @Test
  void whatIsNoLeakIsNotTakenForOne() {
    JavaClass clean = new ClassFileImporter().importClass(PlantedLeaks.Clean.class);
    for (Leak leak : Leak.values()) {
      assertEquals(Set.of(), leak.in(clean), leak::name);
    }
  }

  private static String place(JavaClass one) {
    return one.getName().replaceFirst("^bdk\\.p2p\\.", "");
  }

  private static String join(Set<String> lines) {
    return String.join("\n", lines);
  }
}
