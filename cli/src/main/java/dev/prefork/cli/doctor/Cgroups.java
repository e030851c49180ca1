package dev.prefork.cli.doctor;

import dev.prefork.posix.ControlGroups;
import dev.prefork.posix.ControlGroups.Group;
import java.util.Optional;
import java.util.OptionalLong;

/** Limits of the own control group and of those around it, cgroups(7). */
final class Cgroups {
  /**
   * A limit.
   *
   * @param file which says so: {@code memory.max}
   */
  record Limit(String file, long value) {}

  private Cgroups() {}

  /** The systemd unit that this process belongs to. */
  static Optional<String> unit(Machine machine) {
    return new ControlGroups(machine::read)
        .of("name=systemd")
        .map(group -> group.path().substring(group.path().lastIndexOf('/') + 1))
        .filter(name -> name.endsWith(".service"));
  }

  /** The lowest memory limit, in bytes. Version 1 writes none as one that no machine has. */
  static Optional<Limit> memory(Machine machine) {
    return lowest(machine, "memory", "memory.max", "memory.limit_in_bytes");
  }

  /** The lowest limit of processes, threads included. */
  static Optional<Limit> processes(Machine machine) {
    return lowest(machine, "pids", "pids.max", "pids.max");
  }

  private static Optional<Limit> lowest(Machine machine, String controller, String v2, String v1) {
    Optional<Group> group = new ControlGroups(machine::read).of(controller);
    String file = group.filter(Group::unified).isPresent() ? v2 : v1;
    OptionalLong lowest =
        group.stream()
            .flatMap(own -> own.folders().stream())
            .flatMapToLong(folder -> Numbers.in(machine, folder + "/" + file).stream())
            .min();
    return lowest.isPresent() ? Optional.of(new Limit(file, lowest.getAsLong())) : Optional.empty();
  }
}
