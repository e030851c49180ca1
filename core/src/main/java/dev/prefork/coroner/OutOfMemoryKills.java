package dev.prefork.coroner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How often the kernel has killed for want of memory in the cgroups of this process: memory.events
 * (cgroup v2) and memory.oom_control (v1) count it. A SIGKILL that nobody here has sent and a count
 * that has risen belong together.
 */
final class OutOfMemoryKills {
  private static final String TITLE = "oom_kill ";

  private final List<Path> files;
  private long seen;

  OutOfMemoryKills(List<Path> files) {
    this.files = List.copyOf(files);
    this.seen = count();
  }

  /** Those of this process and of all groups around it. */
  static OutOfMemoryKills ofThisProcess() {
    List<Path> files = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/cgroup"))) {
        String[] parts = line.split(":", 3);
        if (parts.length == 3 && (parts[1].isEmpty() || parts[1].contains("memory"))) {
          boolean unified = parts[1].isEmpty();
          Path root = Path.of("/sys/fs/cgroup" + (unified ? "" : "/memory"));
          String file = unified ? "memory.events" : "memory.oom_control";
          addUpwards(files, root, Path.of(root + parts[2]), file);
        }
      }
    } catch (IOException e) {
      return new OutOfMemoryKills(List.of()); // without /proc there is no evidence
    }
    return new OutOfMemoryKills(files);
  }

  private static void addUpwards(List<Path> files, Path root, Path group, String name) {
    for (Path at = group; at != null && at.startsWith(root); at = at.getParent()) {
      if (Files.isReadable(at.resolve(name))) {
        files.add(at.resolve(name));
      }
    }
  }

  /** Whether there has been one since the last time that somebody asked. */
  boolean anyNew() {
    long now = count();
    boolean risen = now > seen;
    seen = now;
    return risen;
  }

  private long count() {
    long count = 0;
    for (Path file : files) {
      count += count(file);
    }
    return count;
  }

  private static long count(Path file) {
    try {
      for (String line : Files.readAllLines(file)) {
        if (line.startsWith(TITLE)) {
          return Long.parseLong(line.substring(TITLE.length()).trim());
        }
      }
      return 0;
    } catch (IOException | NumberFormatException e) {
      return 0; // the group has gone
    }
  }
}
