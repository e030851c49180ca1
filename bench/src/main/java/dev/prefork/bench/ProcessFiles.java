package dev.prefork.bench;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What proc(5) tells of a process. One that has gone since has nothing. */
final class ProcessFiles {
  /** The unit of /proc/PID/stat on every Linux: USER_HZ. */
  private static final double TICKS_PER_SECOND = 100;

  /** Where a worker waits for a connection in mode kernel: epoll_wait(2), or epoll_pwait(2). */
  private static final Set<String> WAITS =
      System.getProperty("os.arch").equals("aarch64") ? Set.of("22") : Set.of("232", "281");

  /** How a worker names them, as far as the kernel keeps it: 15 bytes. */
  private static final String ACCEPT_THREAD = "prefork-accept";

  private ProcessFiles() {}

  private static Path of(long pid, String name) {
    return Path.of("/proc", Long.toString(pid), name);
  }

  /** Entries of a directory; none if the process is gone. */
  private static List<Path> entries(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of();
    }
  }

  /** Text of a file; empty if the process or thread is gone. */
  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }

  static int descriptors(long pid) {
    return entries(of(pid, "fd")).size();
  }

  static int threads(long pid) {
    return entries(of(pid, "task")).size();
  }

  static Set<Long> children(long pid) {
    Set<Long> children = new TreeSet<>();
    for (Path thread : entries(of(pid, "task"))) {
      for (String child : text(thread.resolve("children")).split(" ", -1)) {
        if (!child.isBlank()) {
          children.add(Long.valueOf(child));
        }
      }
    }
    return children;
  }

  /** The threads in which a worker accepts, or will: a spare has them already. */
  static List<Path> acceptThreads(long pid) {
    return entries(of(pid, "task")).stream()
        .filter(thread -> text(thread.resolve("comm")).startsWith(ACCEPT_THREAD))
        .toList();
  }

  /** Whether one of these threads waits for a connection. */
  static boolean accepts(List<Path> threads) {
    return threads.stream().anyMatch(thread -> waits(text(thread.resolve("syscall"))));
  }

  /** Reads the text of {@code /proc/PID/task/TID/syscall}: a number first, or {@code running}. */
  static boolean waits(String syscall) {
    return WAITS.contains(syscall.split(" ", 2)[0]);
  }

  /** The processor time that it has used. */
  static double processorSeconds(long pid) {
    return processorSeconds(text(of(pid, "stat")));
  }

  /** Reads the text of {@code /proc/PID/stat}; the name in it may hold blanks and brackets. */
  static double processorSeconds(String stat) {
    String[] afterName = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
    if (afterName.length < 13) {
      throw new PreforkException(ExitStatus.FAILED, "this is no /proc/PID/stat: " + stat);
    }
    return (Long.parseLong(afterName[11]) + Long.parseLong(afterName[12])) / TICKS_PER_SECOND;
  }
}
