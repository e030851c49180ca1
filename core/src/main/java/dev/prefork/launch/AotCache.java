package dev.prefork.launch;

import dev.prefork.config.ApplicationConfig;
import dev.prefork.config.ServerConfig;
import dev.prefork.posix.PrivateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The ahead-of-time cache of one application's workers (JEP 483, JEP 514): classes that their JVM
 * finds loaded and linked. The file is named after the class path, the JVM and its flags: whatever
 * changes there, the JVM would refuse the old cache, silently.
 */
public final class AotCache {
  private static final Pattern RIVALS =
      Pattern.compile(
          "-Xshare:.*|-XX:(AOT\\w+|SharedArchiveFile|ArchiveClassesAtExit)=.*"
              + "|-XX:[+-]AutoCreateSharedArchive|--(patch-module|upgrade-module-path|limit-modules)=.*");

  /** What a worker's part of the host decides, in bytes and processors. */
  private static final Pattern SIZED =
      Pattern.compile("(-Xm[sx]|-XX:ActiveProcessorCount=)(\\d{1,18})");

  /** From this heap on the JVM does not compress pointers. */
  private static final long LONG_POINTERS = 32L << 30;

  private final Path directory;
  private final Path file;
  private final String objection;
  private volatile boolean trusted;
  private volatile boolean used;

  private AotCache(Path directory, String name, String objection) {
    this.directory = directory;
    this.file = directory.resolve(name);
    this.objection = objection;
    this.trusted = isTrusted(directory);
    this.used = trusted && objection.isEmpty() && isOurs(file);
  }

  /**
   * Looks for the cache of an application, which workers use from now on if it is there.
   *
   * @param directory where caches are kept
   * @param jvm the workers' JVM, which the cache depends on
   */
  static AotCache in(Path directory, ServerConfig config, WorkerCommandLine jvm) {
    String name = ApplicationConfig.shortName(config.application().name());
    for (String option : jvm.userOptions()) {
      if (RIVALS.matcher(option).matches()) {
        return new AotCache(directory, name, "the workers' JVM is given " + option);
      }
    }
    try {
      for (Path entry : jvm.searched()) {
        if (isFolderOfFiles(entry)) {
          return new AotCache(directory, name, "the JVM takes jars alone, not " + entry);
        }
      }
      String key = key(jvm, config.program().aotRequests());
      return new AotCache(directory, name + "-" + key + ".aot", "");
    } catch (IOException e) {
      return new AotCache(directory, name, String.valueOf(e.getMessage()));
    }
  }

  private static boolean isFolderOfFiles(Path entry) throws IOException {
    if (!Files.isDirectory(entry)) {
      return false;
    }
    try (Stream<Path> files = Files.list(entry)) {
      return files.findAny().isPresent();
    }
  }

  /** What a worker is given to use it, and what is kept beside it: nothing of what is missing. */
  List<String> flags() {
    if (used) {
      return List.of("-XX:AOTCache=" + file, kept());
    }
    return trusted ? List.of(kept()) : List.of();
  }

  /** Tells a worker's agent where that is kept which it would make anew at each start. */
  String kept() {
    return "-Dprefork.caches=" + directory;
  }

  /** Where it is, or will be. */
  public Path file() {
    return file;
  }

  /** Where it stands with others. */
  public Path directory() {
    return directory;
  }

  /** Why there can be none; empty if there can. */
  public String objection() {
    return objection;
  }

  /** Whether workers that start now are given it. */
  public boolean isUsed() {
    return used;
  }

  /** Gives it to the workers that start from now on, or no longer. */
  public void use(boolean use) {
    used = use;
  }

  /** Its directory is ours alone: workers that start from now on are told of what is kept there. */
  public void trust() {
    trusted = true;
  }

  /** Code from there runs in our workers: what others can write there is not ours. */
  private static boolean isTrusted(Path directory) {
    try {
      return Files.isDirectory(directory) && PrivateDirectory.objection(directory).isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isOurs(Path file) {
    try {
      return Files.isRegularFile(file) && Files.getOwner(file).equals(PrivateDirectory.me());
    } catch (IOException e) {
      return false;
    }
  }

  private static String key(WorkerCommandLine jvm, List<String> requests) throws IOException {
    StringBuilder parts = new StringBuilder();
    parts.append(System.getProperty("java.vm.version")).append('\n');
    jvm.alone(List.of()).forEach(word -> parts.append(withoutSize(word)).append('\n'));
    jvm.userOptions().forEach(word -> parts.append(word).append('\n'));
    requests.forEach(path -> parts.append(path).append('\n'));
    for (Path entry : jvm.searched()) {
      parts.append(entry).append(' ').append(Files.size(entry));
      parts.append(' ').append(Files.getLastModifiedTime(entry).toMillis()).append('\n');
    }
    return Fingerprint.of(parts.toString());
  }

  /** Another part of the host is no other JVM, unless its pointers are longer. */
  private static String withoutSize(String word) {
    Matcher sized = SIZED.matcher(word);
    if (!sized.matches()) {
      return word;
    }
    boolean large = Long.parseLong(sized.group(2)) >= LONG_POINTERS;
    return sized.group(1) + (large ? "large" : "");
  }
}
