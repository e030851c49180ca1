package dev.prefork.bench;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;

/**
 * The executable jar of one HTTP server, as its user has it: with its own libraries on its class
 * path and not those of the others, whose jars it would open at each start. Made from the jar of
 * all whenever that is newer, in the folder above it: its own is the benchmarks' class path.
 */
final class ProgramJar {
  private static final String MAIN = "dev.prefork.bench.programs.Program";

  /** Names of libraries' files; none for the JDK's server. */
  private static final Map<String, String> LIBRARIES =
      Map.of("jetty", "(jetty|slf4j)-.*", "netty", "netty-.*", "robaho", "httpserver-.*");

  private ProgramJar() {}

  /**
   * Finds or makes it.
   *
   * @throws PreforkException if it can't be written
   */
  static Path of(String program) {
    try {
      Path all = Laboratory.placeOf(Class.forName(MAIN));
      Path own = folderOf(all).resolveSibling(program + ".jar");
      if (!Files.exists(own)
          || Files.getLastModifiedTime(own).compareTo(Files.getLastModifiedTime(all)) < 0) {
        make(all, own, LIBRARIES.getOrDefault(program, ""));
      }
      return own;
    } catch (ClassNotFoundException e) {
      throw new AssertionError("the jar is on the class path of the benchmarks", e);
    } catch (IOException e) {
      throw new PreforkException(
          ExitStatus.FAILED, "could not make the jar of " + program + ": " + e.getMessage());
    }
  }

  private static Path folderOf(Path file) {
    return Objects.requireNonNull(file.getParent());
  }

  private static void make(Path all, Path own, String libraries) throws IOException {
    Path unfinished = Files.createTempFile(folderOf(own), "program", ".jar");
    try (JarFile from = new JarFile(all.toFile())) {
      Attributes main = from.getManifest().getMainAttributes();
      main.put(
          Attributes.Name.CLASS_PATH,
          Arrays.stream(main.getValue(Attributes.Name.CLASS_PATH).split(" "))
              .filter(name -> name.matches(libraries))
              .map(name -> folderOf(all).getFileName() + "/" + name)
              .collect(Collectors.joining(" ")));
      try (OutputStream file = Files.newOutputStream(unfinished);
          JarOutputStream to = new JarOutputStream(file, from.getManifest())) {
        for (JarEntry entry : from.stream().filter(e -> e.getName().endsWith(".class")).toList()) {
          to.putNextEntry(new JarEntry(entry.getName()));
          from.getInputStream(entry).transferTo(to);
        }
      }
    }
    Files.move(unfinished, own, StandardCopyOption.ATOMIC_MOVE);
  }
}
