package bdk.p2p.simulator.laws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a module exports to everybody, as sorted lines of text. */
final class ExportedSurface {
  private ExportedSurface() {}

  /** Every public or protected member of every public type in the unqualified exports. */
  static List<String> of(Class<?> anyClassOfTheModule) {
    List<String> lines = new ArrayList<>();
    for (Class<?> type : types(anyClassOfTheModule)) {
      lines.add(describe(type));
      members(type).map(member -> "  " + describe(member)).sorted().distinct().forEach(lines::add);
    }
    return lines;
  }

  /** The public types in packages that are exported to everybody, by name. */
  static List<Class<?>> types(Class<?> anyClassOfTheModule) {
    Module module = anyClassOfTheModule.getModule();
    List<Class<?>> types = new ArrayList<>();
    for (String name : classNames(anyClassOfTheModule)) {
      String packageName = name.substring(0, name.lastIndexOf('.'));
      if (module.isExported(packageName)) {
        Class<?> type = Class.forName(module, name);
        if (type != null && isVisible(type)) {
          types.add(type);
        }
      }
    }
    return types;
  }

  static Stream<Member> members(Class<?> type) {
    return Stream.<Member>concat(
            Stream.concat(
                Arrays.stream(type.getDeclaredConstructors()),
                Arrays.stream(type.getDeclaredMethods()).filter(method -> !method.isBridge())),
            Arrays.stream(type.getDeclaredFields()))
        .filter(member -> !member.isSynthetic())
        .filter(member -> isVisible(member.getModifiers()));
  }

  /** In words of our own: what the JDK says of a type changes from version to version. */
  private static String describe(Class<?> type) {
    String kind =
        type.isInterface()
            ? "interface"
            : type.isEnum() ? "enum" : type.isRecord() ? "record" : "class";
    String sealed = type.isSealed() ? "sealed " : "";
    String above =
        type.isInterface() || type.getSuperclass() == Object.class
            ? ""
            : " extends " + type.getGenericSuperclass().getTypeName();
    String interfaces =
        type.getGenericInterfaces().length == 0
            ? ""
            : " implements "
                + Arrays.stream(type.getGenericInterfaces())
                    .map(Type::getTypeName)
                    .collect(Collectors.joining(", "));
    int shown = Modifier.PUBLIC | Modifier.PROTECTED | Modifier.STATIC | Modifier.FINAL;
    if (!type.isInterface()) {
      shown |= Modifier.ABSTRACT;
    }
    return Modifier.toString(type.getModifiers() & shown)
        + " "
        + sealed
        + kind
        + " "
        + type.getName()
        + above
        + interfaces;
  }

  private static String describe(Member member) {
    return member instanceof Executable executable
        ? executable.toGenericString()
        : ((Field) member).toGenericString();
  }

  private static boolean isVisible(Class<?> type) {
    Class<?> outer = type.getDeclaringClass();
    return isVisible(type.getModifiers()) && (outer == null || isVisible(outer));
  }

  private static boolean isVisible(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private static List<String> classNames(Class<?> anyClassOfTheModule) {
    try {
      Path classes =
          Path.of(anyClassOfTheModule.getProtectionDomain().getCodeSource().getLocation().toURI());
      try (Stream<Path> files = Files.walk(classes)) {
        return files
            .map(file -> classes.relativize(file).toString())
            .filter(file -> file.endsWith(".class") && !file.contains("-info"))
            .map(file -> file.replace('/', '.').substring(0, file.length() - ".class".length()))
            .sorted()
            .toList();
      }
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    } catch (URISyntaxException cause) {
      throw new IllegalStateException(cause);
    }
  }
}
