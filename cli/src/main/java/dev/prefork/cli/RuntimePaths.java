package dev.prefork.cli;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import dev.prefork.posix.Pid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a server keeps its files, unless it is told. */
final class RuntimePaths {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.:\\[\\]-]{0,63}");

  /** Said instead of a directory. */
  private static final String NONE = "none";

  private RuntimePaths() {}

  /**
   * Chooses the directory: the one given; else NAME in {@code $XDG_RUNTIME_DIR/prefork}, in {@code
   * /run/prefork} for root, or in {@code prefork-UID} of the temporary directory.
   *
   * @param name the server's name as given; null makes one of application and first address
   */
  static Path directory(
      @Nullable String given,
      @Nullable String name,
      String application,
      String firstAddress,
      Map<String, String> env) {
    if (name != null) {
      checkName(name);
    }
    if (given != null) {
      return Path.of(given).toAbsolutePath();
    }
    return base(env).resolve(name == null ? defaultName(application, firstAddress) : name);
  }

  /**
   * Refuses what is no name of a directory.
   *
   * @throws PreforkException (usage)
   */
  static void checkName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new PreforkException(
          ExitStatus.USAGE,
          "name must be 1 to 64 letters, digits or _ . : - and start with a letter, digit or _, not \""
              + name
              + "\"");
    }
  }

  /** With port 0 several servers have the same first address: the process id tells them apart. */
  private static String defaultName(String application, String firstAddress) {
    String unique = firstAddress.endsWith(":0") ? "-" + Pid.self() : "";
    return application + "-" + firstAddress.replace('/', '_') + unique;
  }

  /** Where runtime directories stand that nobody has chosen. */
  static Path base(Map<String, String> env) {
    String xdg = env.get("XDG_RUNTIME_DIR");
    if (xdg != null && Path.of(xdg).isAbsolute() && Files.isDirectory(Path.of(xdg))) {
      return Path.of(xdg, "prefork");
    }
    int uid = uid();
    return uid == 0
        ? Path.of("/run/prefork")
        : Path.of(System.getProperty("java.io.tmpdir"), "prefork-" + uid);
  }

  /**
   * Chooses where ahead-of-time caches are kept: the directory given; else what systemd gives; else
   * {@code prefork} among the user's caches.
   *
   * @return null for nowhere
   */
  static @Nullable Path aotCaches(@Nullable String given, Map<String, String> env) {
    if (given != null) {
      return given.equals(NONE) ? null : Path.of(given);
    }
    String systemd = env.get("CACHE_DIRECTORY");
    if (systemd != null) {
      return Path.of(systemd.split(":", -1)[0]);
    }
    String xdg = env.get("XDG_CACHE_HOME");
    if (xdg != null && Path.of(xdg).isAbsolute()) {
      return Path.of(xdg, "prefork");
    }
    String home = env.get("HOME");
    if (uid() == 0) {
      return Path.of("/var/cache/prefork");
    }
    return home == null ? null : Path.of(home, ".cache", "prefork");
  }

  private static int uid() {
    try {
      return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    } catch (IOException e) {
      throw new PreforkException(
          ExitStatus.FAILED,
          "could not read our user id from /proc/self: " + e + "; give --runtime-dir");
    }
  }
}
