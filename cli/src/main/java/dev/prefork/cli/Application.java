package dev.prefork.cli;

import dev.prefork.ConnectionHandler;
import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import dev.prefork.config.ApplicationConfig;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * What is to be served.
 *
 * @param name for people and file names
 * @param handler the class name of a handler; null for a program or a WAR file, which is the first
 *     of the class path
 * @param classPath where the workers find it
 */
record Application(String name, @Nullable String handler, List<Path> classPath) {
  private static final String MANIFEST_KEY = "Prefork-Application";
  private static final String MAIN_CLASS = "Main-Class";
  private static final String JAR = ".jar";
  private static final String WAR = ".war";
  private static final String ALL_JARS = File.separator + "*";

  /** A handler that comes with the command: workers get its jar alone. */
  static Application bundled(Class<? extends ConnectionHandler> handler) {
    try {
      Path jar = Path.of(handler.getProtectionDomain().getCodeSource().getLocation().toURI());
      return new Application("demo", handler.getName(), List.of(jar));
    } catch (URISyntaxException e) {
      throw new AssertionError("the class path holds no such location", e); // cannot happen
    }
  }

  /**
   * A class on a class path, a WAR file, or a jar: one whose manifest names a handler, or any
   * program.
   *
   * @param classPath separated by colons; {@code folder/*} stands for all jars in it
   */
  static Application named(String application, @Nullable String classPath) {
    List<Path> entries = new ArrayList<>();
    if (application.endsWith(WAR)) {
      return new Application(
          ApplicationConfig.shortName(application), null, List.of(Path.of(application)));
    }
    if (application.endsWith(JAR)) {
      Path jar = Path.of(application);
      entries.add(jar);
      addEntries(entries, classPath == null ? "" : classPath);
      return new Application(
          ApplicationConfig.shortName(application), handlerOf(jar), List.copyOf(entries));
    }
    if (classPath == null) {
      throw new PreforkException(
          ExitStatus.USAGE,
          "application "
              + application
              + " needs --class-path to find the class (or name a jar whose manifest says "
              + MANIFEST_KEY
              + ")");
    }
    addEntries(entries, classPath);
    return new Application(
        ApplicationConfig.shortName(application), application, List.copyOf(entries));
  }

  /** Whether what is to be run is a file, and no class. */
  static boolean isFile(String application) {
    return application.endsWith(JAR) || application.endsWith(WAR);
  }

  /** Whether it is a WAR file. */
  boolean isWar() {
    return handler == null && classPath.getFirst().toString().endsWith(WAR);
  }

  private static void addEntries(List<Path> entries, String classPath) {
    for (String entry : classPath.split(File.pathSeparator, -1)) {
      if (entry.endsWith(ALL_JARS)) {
        addJars(entries, Path.of(entry.substring(0, entry.length() - ALL_JARS.length())));
      } else if (!entry.isEmpty()) {
        entries.add(Path.of(entry));
      }
    }
  }

  private static void addJars(List<Path> entries, Path folder) {
    List<Path> jars = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.jar")) {
      found.forEach(jars::add);
    } catch (IOException e) {
      throw new PreforkException(
          ExitStatus.CONFIGURATION, "could not list the jars of " + folder + ": " + e);
    }
    jars.sort(null);
    entries.addAll(jars);
  }

  /** The handler that a jar names; null if it is a program. */
  private static @Nullable String handlerOf(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      Manifest manifest = file.getManifest();
      String handler = manifest == null ? null : attribute(manifest, MANIFEST_KEY);
      if (handler == null && (manifest == null || attribute(manifest, MAIN_CLASS) == null)) {
        throw new PreforkException(
            ExitStatus.CONFIGURATION,
            jar
                + " can't be run: its manifest has neither "
                + MANIFEST_KEY
                + " nor "
                + MAIN_CLASS
                + "; add one, or name the class and give the jar as --class-path");
      }
      return handler == null ? null : handler.trim();
    } catch (IOException e) {
      String why = Files.exists(jar) ? String.valueOf(e.getMessage()) : "no such file";
      throw new PreforkException(
          ExitStatus.CONFIGURATION, "could not read the application " + jar + ": " + why);
    }
  }

  private static @Nullable String attribute(Manifest manifest, String name) {
    return manifest.getMainAttributes().getValue(name);
  }
}
