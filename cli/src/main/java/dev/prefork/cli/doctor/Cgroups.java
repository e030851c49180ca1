package dev.prefork.cli.doctor;

import dev.prefork.posix.ControlGroups;
import dev.prefork.posix.ControlGroups.Limit;
import java.util.Optional;

/** Limits of the own control group and of those around it, cgroups(7). */
final class Cgroups {
  private Cgroups() {}

  /** The systemd unit that this process belongs to. */
  static Optional<String> unit(Machine machine) {
    return new ControlGroups(machine::read)
        .of("name=systemd")
        .map(group -> group.path().substring(group.path().lastIndexOf('/') + 1))
        .filter(name -> name.endsWith(".service"));
  }

  /** The lowest limit of processes, threads included. */
  static Optional<Limit> processes(Machine machine) {
    return new ControlGroups(machine::read).processes();
  }
}
