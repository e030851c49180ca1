package dev.prefork.bench;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/**
 * A process's memory, in KiB.
 *
 * @param pss its own pages, and its part of those it shares: the sum over all processes is what
 *     they take together
 * @param unshared pages that it alone has: what its end would give back
 */
record ProcessMemory(long pss, long unshared) {

  static ProcessMemory of(ProcessHandle process) {
    Path file = Path.of("/proc/" + process.pid() + "/smaps_rollup");
    try {
      return parse(Files.readString(file));
    } catch (IOException e) {
      throw new PreforkException(ExitStatus.FAILED, "could not read " + file + ": " + e);
    }
  }

  /** Reads the text of {@code /proc/PID/smaps_rollup}, proc_pid_smaps(5). */
  static ProcessMemory parse(String smapsRollup) {
    return new ProcessMemory(
        field(smapsRollup, "Pss:"),
        field(smapsRollup, "Private_Clean:") + field(smapsRollup, "Private_Dirty:"));
  }

  private static long field(String text, String name) {
    return text.lines()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()).replace("kB", "").trim())
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElseThrow(
            () -> new PreforkException(ExitStatus.FAILED, "smaps_rollup has no line " + name));
  }

  static ProcessMemory sum(Collection<ProcessMemory> processes) {
    return processes.stream()
        .reduce(
            new ProcessMemory(0, 0),
            (a, b) -> new ProcessMemory(a.pss + b.pss, a.unshared + b.unshared));
  }
}
