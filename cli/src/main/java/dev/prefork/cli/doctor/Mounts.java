package dev.prefork.cli.doctor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is mounted where: /proc/self/mountinfo, proc_pid_mountinfo(5). */
final class Mounts {
  private static final int POINT = 4;

  private record Mount(String point, String type) {}

  private Mounts() {}

  /** Where the first file system of a type is mounted. */
  static Optional<String> pointOf(Machine machine, String type) {
    return all(machine).stream()
        .filter(mount -> mount.type().equals(type))
        .map(Mount::point)
        .findFirst();
  }

  /** The type of the file system that a path is, or would be, on. */
  static Optional<String> typeAt(Machine machine, Path path) {
    Mount best = null;
    for (Mount mount : all(machine)) {
      boolean longer = best == null || mount.point().length() >= best.point().length();
      if (path.startsWith(mount.point()) && longer) { // the later of two at one point is on top
        best = mount;
      }
    }
    return Optional.ofNullable(best).map(Mount::type);
  }

  private static List<Mount> all(Machine machine) {
    List<Mount> mounts = new ArrayList<>();
    machine
        .read("/proc/self/mountinfo")
        .ifPresent(text -> {
          for (String line : text.lines().toList()) {
            String[] fields = line.split(" ", -1);
            int dash = line.indexOf(" - ");
            if (dash > 0 && fields.length > POINT) {
              String type = line.substring(dash + 3).split(" ", 2)[0];
              mounts.add(new Mount(fields[POINT].replace("\\040", " "), type));
            }
          }
        });
    return mounts;
  }
}
