package dev.prefork.config;

import dev.prefork.WorkerIdentity;
import dev.prefork.posix.SmallFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * By what a command's worker is known among all processes: variables of its environment, for its
 * command line is its own. The program may use them; what it starts inherits them.
 */
public final class WorkerMark {
  /** The worker's slot. */
  public static final String SLOT = "PREFORK_SLOT";

  /** The worker's generation. */
  public static final String GENERATION = "PREFORK_GENERATION";

  private WorkerMark() {}

  /** The variables of a worker. */
  public static Map<String, String> of(int slot, int generation) {
    return Map.of(SLOT, Integer.toString(slot), GENERATION, Integer.toString(generation));
  }

  /**
   * Whether a process is the worker of a command, or was started by one.
   *
   * @param process its directory in /proc
   */
  public static boolean isOn(String process) {
    return environment(process).stream().anyMatch(entry -> entry.startsWith(SLOT + "="));
  }

  /** Whether a process has the mark of just this worker. */
  public static boolean isOn(String process, WorkerIdentity worker) {
    return environment(process)
        .containsAll(List.of(SLOT + "=" + worker.slot(), GENERATION + "=" + worker.generation()));
  }

  /** Empty for another user's process. */
  private static List<String> environment(String process) {
    Optional<String> text = SmallFile.read(process + "/environ");
    return text.map(entries -> List.of(entries.split("\0", -1))).orElse(List.of());
  }
}
