package dev.prefork.posix;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

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
    Path tasks = Path.of("/proc", process.toString(), "task");
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
      for (Path thread : threads) {
        if (COMPUTES.indexOf(state(thread)) >= 0) {
          return true;
        }
      }
      return false;
    } catch (IOException | DirectoryIteratorException e) { // it ends meanwhile
      return false;
    }
  }

  /** After the name, which may hold anything, parentheses too. */
  private static char state(Path thread) {
    String stat = SmallFile.read(thread.resolve("stat").toString()).orElse("");
    int name = stat.lastIndexOf(") ");
    return name < 0 ? ' ' : stat.charAt(name + 2);
  }
}
