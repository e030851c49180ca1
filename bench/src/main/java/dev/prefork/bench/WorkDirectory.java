package dev.prefork.bench;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * A run's own directory, deleted with its logs at the end: what they say of a failure is in the
 * error.
 *
 * @param path where it is
 */
record WorkDirectory(Path path) implements Belongings.Belonging {

  static WorkDirectory create() {
    try {
      return new WorkDirectory(Files.createTempDirectory("prefork-bench-"));
    } catch (IOException e) {
      throw new PreforkException(
          ExitStatus.UNAVAILABLE, "could not make a temporary directory: " + e);
    }
  }

  @Override
  public void close() {
    try (var files = Files.walk(path)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // already deleted, or left in the temporary directory, where it harms nobody
    }
  }
}
