package dev.prefork.cli.doctor;

import dev.prefork.posix.Mount;
import java.nio.file.Path;
import java.util.Optional;

/** What is mounted where. */
final class Mounts {
  private Mounts() {}

  /** The type of the file system that a path is, or would be, on. */
  static Optional<String> typeAt(Machine machine, Path path) {
    Mount best = null;
    for (Mount mount : Mount.parse(machine.read(Mount.FILE).orElse(""))) {
      boolean longer = best == null || mount.point().length() >= best.point().length();
      if (path.startsWith(mount.point()) && longer) {
        best = mount;
      }
    }
    return Optional.ofNullable(best).map(Mount::type);
  }
}
