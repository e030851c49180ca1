package dev.prefork.cli.doctor;

import java.util.Optional;
import java.util.OptionalLong;

/** Limits of the own control group and of those above it (cgroup v2, cgroups(7)). */
final class Cgroups {
  private static final String UNIFIED = "0::";

  private Cgroups() {}

  /** The own group's path below the mount point, as /proc/self/cgroup has it. */
  static Optional<String> path(Machine machine) {
    return machine
        .read("/proc/self/cgroup")
        .flatMap(text -> text.lines().filter(line -> line.startsWith(UNIFIED)).findFirst())
        .map(line -> line.substring(UNIFIED.length()));
  }

  /**
   * The lowest limit of the own group and its parents.
   *
   * @param file {@code memory.max}
   */
  static OptionalLong lowest(Machine machine, String file) {
    Optional<String> own = path(machine);
    Optional<String> mount = Mounts.pointOf(machine, "cgroup2");
    OptionalLong lowest = OptionalLong.empty();
    if (own.isEmpty() || mount.isEmpty()) {
      return lowest;
    }
    String group = own.get().equals("/") ? "" : own.get();
    while (true) {
      OptionalLong limit = Numbers.in(machine, mount.get() + group + "/" + file);
      if (limit.isPresent() && (lowest.isEmpty() || limit.getAsLong() < lowest.getAsLong())) {
        lowest = limit;
      }
      if (group.isEmpty()) {
        return lowest;
      }
      group = group.substring(0, Math.max(0, group.lastIndexOf('/')));
    }
  }
}
