package bdk.p2p.simulator.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import bdk.p2p.simulator.Simulation;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is exported changes only on purpose, and never shows a library behind it. */
class ExportedSurfaceTest {
  /** Reviewed like code: a change of the surface is a change of this file. */
  private static final Path REVIEWED = Path.of("test/resources/api/bdk.p2p.simulator.txt");

  /** Neither those behind it, nor what of the simulator is nobody's business. */
  private static final List<String> LIBRARIES =
      List.of(
          "io.netty",
          "com.fasterxml",
          "org.yaml",
          "bdk.p2p.environment",
          "bdk.p2p.simulator.backend",
          "bdk.p2p.simulator.oracle",
          "bdk.p2p.simulator.report",
          "bdk.p2p.simulator.run",
          "bdk.p2p.simulator.world");

  @Test
  void surfaceIsTheReviewedOne() throws Exception {
    List<String> surface = ExportedSurface.of(Simulation.class);
    if (Boolean.getBoolean("surface.accept")) {
      Files.write(REVIEWED, surface);
    }
    assertEquals(
        String.join("\n", Files.readAllLines(REVIEWED)),
        String.join("\n", surface),
        "the exported surface differs from "
            + REVIEWED
            + "; if that is wanted, run this test with -Dsurface.accept=true and review the file");
  }

  @Test
  void signaturesNameNoLibrary() {
    for (Class<?> type : ExportedSurface.types(Simulation.class)) {
      ExportedSurface.members(type)
          .forEach(
              member ->
                  typesOf(member)
                      .forEach(
                          named ->
                              assertFalse(
                                  LIBRARIES.stream().anyMatch(named::contains),
                                  () -> member + " shows " + named)));
    }
  }

  private static List<String> typesOf(Member member) {
    List<Type> types = new ArrayList<>();
    if (member instanceof Executable executable) {
      types.addAll(Arrays.asList(executable.getGenericParameterTypes()));
      types.addAll(Arrays.asList(executable.getGenericExceptionTypes()));
      types.add(executable.getAnnotatedReturnType().getType());
    } else {
      types.add(((Field) member).getGenericType());
    }
    return types.stream().map(Type::getTypeName).toList();
  }
}
