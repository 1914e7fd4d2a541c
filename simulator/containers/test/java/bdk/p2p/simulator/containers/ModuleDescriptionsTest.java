package bdk.p2p.simulator.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The tables of modules.md say what the descriptors say, no more and no less. */
class ModuleDescriptionsTest {
  /** Every module of the project; this one is built last. */
  private static final List<String> MODULES =
      List.of("../../src", "../library", "../properties", "../cli", "../bench", ".");

  private static final Path TABLES = Path.of("../../module-info-docs/modules.md");
  private static final Pattern HEADING = Pattern.compile("## (\\S+)");
  private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\|.*");

  @Test
  void tablesAndDescriptorsAgree() throws IOException {
    TreeMap<String, Set<String>> actual = new TreeMap<>();
    for (String folder : MODULES) {
      ModuleDescriptor descriptor = read(Path.of(folder, "target/classes/module-info.class"));
      actual.put(descriptor.name(), directives(descriptor));
    }
    assertEquals(actual, documented());
  }

  private static ModuleDescriptor read(Path compiled) throws IOException {
    try (InputStream in = Files.newInputStream(compiled)) {
      return ModuleDescriptor.read(in);
    }
  }

  private static TreeMap<String, Set<String>> documented() throws IOException {
    TreeMap<String, Set<String>> tables = new TreeMap<>();
    String module = "";
    for (String line : Files.readAllLines(TABLES)) {
      Matcher heading = HEADING.matcher(line);
      Matcher row = ROW.matcher(line);
      if (heading.matches()) {
        module = heading.group(1);
        tables.put(module, new TreeSet<>());
      } else if (row.matches()) {
        tables.get(module).add(row.group(1));
      }
    }
    return tables;
  }

  private static Set<String> directives(ModuleDescriptor descriptor) {
    Set<String> directives = new TreeSet<>();
    descriptor.requires().stream()
        .filter(required -> !required.modifiers().contains(Requires.Modifier.MANDATED))
        .forEach(required -> directives.add("requires " + modifiers(required) + required.name()));
    descriptor
        .exports()
        .forEach(one -> directives.add("exports " + one.source() + to(one.targets())));
    descriptor.opens().forEach(one -> directives.add("opens " + one.source() + to(one.targets())));
    descriptor.uses().forEach(service -> directives.add("uses " + service));
    descriptor.provides().forEach(one -> directives.add("provides " + one.service()));
    return directives;
  }

  private static String modifiers(Requires required) {
    return required.modifiers().stream()
        .map(modifier -> modifier.name().toLowerCase(Locale.ROOT) + " ")
        .collect(Collectors.joining());
  }

  private static String to(Set<String> targets) {
    return targets.isEmpty() ? "" : " to " + String.join(", ", new TreeSet<>(targets));
  }
}
