package dev.prefork.launch;

import dev.prefork.PreforkWorker;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** The class path of a worker that runs a program: its executable jar, our core, the agent. */
final class ProgramClassPath {
  private static final String OURS = PreforkWorker.class.getName().replace('.', '/') + ".class";

  private ProgramClassPath() {}

  /**
   * The program comes first, whose resources must be found as without us. Not so if it brings
   * classes of Prefork: of another version than the supervisor's, they don't understand each other.
   */
  static List<Path> of(Path program, Path core, Path agent) {
    return bringsOurs(program.toAbsolutePath(), new HashSet<>())
        ? List.of(core, program, agent)
        : List.of(program, core, agent);
  }

  /** Whether they are in this jar, or in one that its manifest names (Class-Path), or in theirs. */
  private static boolean bringsOurs(Path jar, Set<Path> seen) {
    if (!seen.add(jar)) {
      return false;
    }
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.getEntry(OURS) != null
          || namedBy(file.getManifest(), jar).stream().anyMatch(named -> bringsOurs(named, seen));
    } catch (IOException | IllegalArgumentException e) {
      return false; // a JVM goes on without what it can't read, too
    }
  }

  private static List<Path> namedBy(Manifest manifest, Path jar) {
    String names =
        manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
    if (names == null) {
      return List.of();
    }
    URI base = jar.toUri();
    return Stream.of(names.strip().split(" +"))
        .map(base::resolve)
        .filter(location -> "file".equals(location.getScheme()))
        .map(Path::of)
        .toList();
  }
}
