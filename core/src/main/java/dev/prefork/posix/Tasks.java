package dev.prefork.posix;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;

/** What the kernel tells of the threads of another process (proc(5)). */
public final class Tasks {
  /** Runs or would, and waits for a disk or for memory. */
  private static final String COMPUTES = "RD";

  private Tasks() {}

  /**
   * Whether a thread of it runs, or would if a processor were free; false if nothing can be read of
   * it.
   */
  public static boolean compute(Pid process) {
    return threads(process).stream().anyMatch(thread -> COMPUTES.indexOf(state(thread)) >= 0);
  }

  /** Visits each thread of it, those too that are started meanwhile by one not visited yet. */
  static void visit(Pid process, IntConsumer visitor) {
    Set<Path> visited = new HashSet<>();
    boolean more = true;
    while (more) {
      more = false;
      for (Path thread : threads(process)) {
        if (visited.add(thread)) {
          visitor.accept(Integer.parseInt(thread.getFileName().toString()));
          more = true;
        }
      }
    }
  }

  /** None of a process that has ended, or ends meanwhile. */
  private static List<Path> threads(Pid process) {
    Path tasks = Path.of("/proc", process.toString(), "task");
    try (DirectoryStream<Path> listed = Files.newDirectoryStream(tasks)) {
      List<Path> threads = new ArrayList<>();
      listed.forEach(threads::add);
      return threads;
    } catch (IOException | DirectoryIteratorException e) {
      return List.of();
    }
  }

  /** After the name, which may hold anything, parentheses too. */
  private static char state(Path thread) {
    String stat = SmallFile.read(thread.resolve("stat").toString()).orElse("");
    int name = stat.lastIndexOf(") ");
    return name < 0 ? ' ' : stat.charAt(name + 2);
  }
}
