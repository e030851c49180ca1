package dev.prefork.server;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import dev.prefork.config.ServerConfig;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipFile;

/**
 * Refuses a handler that the workers' class path has not, a program or a command that is none,
 * before anything is opened or spawned: eight workers would otherwise say the same. What only
 * loading can tell is left to the workers.
 */
final class ApplicationCheck {
  private ApplicationCheck() {}

  static void require(ServerConfig config) {
    switch (config.application().kind()) {
      case CONNECTION_HANDLER -> requireHandler(config);
      case PROGRAM -> requireProgram(Path.of(config.application().name()));
      case COMMAND -> requireExecutable(config.application().name());
    }
  }

  /** Looks where execvp(3) does. */
  private static void requireExecutable(String command) {
    if (command.indexOf('/') >= 0) {
      Path file = Path.of(command);
      if (!isExecutable(file)) {
        throw refused(
            "could not run the command "
                + command
                + (Files.exists(file) ? ": no executable file (chmod +x)" : ": no such file"));
      }
      return;
    }
    String path = System.getenv().getOrDefault("PATH", "/bin:/usr/bin");
    for (String folder : path.split(File.pathSeparator, -1)) {
      if (isExecutable(Path.of(folder, command))) {
        return;
      }
    }
    throw refused(
        "could not run the command " + command + ": no such program in PATH (" + path + ")");
  }

  private static boolean isExecutable(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }

  private static void requireProgram(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      Manifest manifest = file.getManifest();
      if (manifest == null || manifest.getMainAttributes().getValue("Main-Class") == null) {
        throw refused(jar + " is no program: its manifest names no Main-Class");
      }
    } catch (IOException e) {
      String why = Files.exists(jar) ? String.valueOf(e.getMessage()) : "no such file";
      throw refused("could not read the program " + jar + ": " + why);
    }
  }

  private static void requireHandler(ServerConfig config) {
    String handler = config.application().name();
    String file = handler.replace('.', '/') + ".class";
    for (Path entry : config.classPath()) {
      if (!Files.exists(entry)) {
        throw refused("the class path entry " + entry + " does not exist");
      }
    }
    if (config.classPath().stream().noneMatch(entry -> holds(entry, file))) {
      throw refused(
          "the handler "
              + handler
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
