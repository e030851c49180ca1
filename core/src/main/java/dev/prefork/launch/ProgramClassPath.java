package dev.prefork.launch;

import dev.prefork.PreforkWorker;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** The class path of a worker that runs a program: its executable jar, our core, the agent. */
final class ProgramClassPath {
  private static final String OURS = PreforkWorker.class.getName().replace('.', '/') + ".class";

  private final Path program;
  private final Set<Path> read = new LinkedHashSet<>();
  private boolean bringsOurs;

  /**
   * Reads the program's jar, those that its manifest names (Class-Path), and those that they name.
   */
  ProgramClassPath(Path program) {
    this.program = program;
    read(program.toAbsolutePath());
  }

  private void read(Path entry) {
    if (!read.add(entry)) {
      return;
    }
    try (JarFile file = new JarFile(entry.toFile())) {
      bringsOurs |= file.getEntry(OURS) != null;
      namedBy(file.getManifest(), entry).forEach(this::read);
    } catch (IOException | IllegalArgumentException e) {
      return; // nothing, or a folder: a JVM goes on, too
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
        .filter(name -> !name.isEmpty())
        .map(base::resolve)
        .filter(location -> "file".equals(location.getScheme()))
        .map(Path::of)
        .toList();
  }

  /**
   * The program comes first, whose resources must be found as without us. Not so if it brings
   * classes of Prefork: of another version than the supervisor's, they don't understand each other.
   */
  List<Path> with(Path core, Path agent) {
    return bringsOurs ? List.of(core, program, agent) : List.of(program, core, agent);
  }

  /** The jars and folders beside the program's jar that are there. */
  List<Path> named() {
    return read.stream().skip(1).filter(Files::exists).toList();
  }
}
