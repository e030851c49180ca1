package dev.prefork.server;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import dev.prefork.config.ServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipFile;

/**
 * Refuses a handler that the workers' class path has not, before anything is opened or spawned:
 * eight workers would otherwise say the same. What only loading can tell is left to the workers.
 */
final class ApplicationCheck {
  private ApplicationCheck() {}

  static void require(ServerConfig config) {
    String file = config.application().replace('.', '/') + ".class";
    for (Path entry : config.classPath()) {
      if (!Files.exists(entry)) {
        throw refused("the class path entry " + entry + " does not exist");
      }
    }
    if (config.classPath().stream().noneMatch(entry -> holds(entry, file))) {
      throw refused(
          "the handler "
              + config.application()
              + " is not on the class path "
              + config.classPath()
              + "; check its name, or add its jar or folder with class-path");
    }
  }

  private static PreforkException refused(String message) {
    return new PreforkException(ExitStatus.CONFIGURATION, message);
  }

  private static boolean holds(Path entry, String file) {
    if (Files.isDirectory(entry)) {
      return Files.exists(entry.resolve(file));
    }
    try (ZipFile jar = new ZipFile(entry.toFile())) {
      return jar.getEntry(file) != null;
    } catch (IOException e) {
      return false; // no jar: java passes over it too
    }
  }
}
