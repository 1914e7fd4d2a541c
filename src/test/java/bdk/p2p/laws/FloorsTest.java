package bdk.p2p.laws;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import bdk.p2p.manager.Manager;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/**
 * The core's packages are floors: imports point downward only, and one floor alone touches the
 * world.
 */
class FloorsTest {
  /** From the ground up; a package may import those before it. */
  private static final List<String> FLOORS =
      List.of(
          "message",
          "budget",
          "wire",
          "environment",
          "identity",
          "session",
          "guard",
          "dispatch",
          "peer",
          "broadcast",
          "discovery",
          "manager");

  private static JavaClasses core() throws Exception {
    Path classes =
        Path.of(Manager.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    return new ClassFileImporter().importPath(classes);
  }

  @Test
  void importsPointDownwardOnly() throws Exception {
    JavaClasses core = core();
    for (int floor = 0; floor < FLOORS.size(); floor++) {
      String[] above =
          FLOORS.subList(floor + 1, FLOORS.size()).stream()
              .map(name -> "bdk.p2p." + name)
              .toArray(String[]::new);
      if (above.length > 0) {
        noClasses()
            .that()
            .resideInAPackage("bdk.p2p." + FLOORS.get(floor))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(above)
            .check(core);
      }
    }
  }

  @Test
  void everyPackageIsAFloor() throws Exception {
    noClasses()
        .should()
        .resideOutsideOfPackages(
            FLOORS.stream().map(name -> "bdk.p2p." + name).toArray(String[]::new))
        .check(core());
  }

  @Test
  void wireAndEnvironmentDoNotKnowEachOther() throws Exception {
    noClasses()
        .that()
        .resideInAPackage("bdk.p2p.environment")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("bdk.p2p.wire", "bdk.p2p.message")
        .check(core());
  }

  @Test
  void budgetsUseTheJdkOnly() throws Exception {
    noClasses()
        .that()
        .resideInAPackage("bdk.p2p.budget")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages("bdk.p2p.budget", "java..")
        .check(core());
  }

  @Test
  void messagesUseTheJdkOnly() throws Exception {
    noClasses()
        .that()
        .resideInAPackage("bdk.p2p.message")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages("bdk.p2p.message", "java..")
        .check(core());
  }

  @Test
  void timeChanceAndThreadsComeFromTheEnvironment() throws Exception {
    ArchRule rule =
        noClasses()
            .that()
            .resideOutsideOfPackage("bdk.p2p.environment")
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Random.class, ThreadLocalRandom.class, Executors.class);
    rule.check(core());
    // Handed on to TLS as it is; nobody else needs to know of it.
    noClasses()
        .that()
        .resideOutsideOfPackages("bdk.p2p.environment", "bdk.p2p.identity")
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(SecureRandom.class)
        .check(core());
    noClasses()
        .that()
        .resideInAPackage("bdk.p2p.identity")
        .should()
        .callMethod(SecureRandom.class, "getInstanceStrong")
        .orShould()
        .callConstructor(SecureRandom.class)
        .check(core());
    noClasses()
        .that()
        .resideOutsideOfPackage("bdk.p2p.environment")
        .should()
        .callConstructor(Thread.class, Runnable.class)
        .check(core());
  }
}
