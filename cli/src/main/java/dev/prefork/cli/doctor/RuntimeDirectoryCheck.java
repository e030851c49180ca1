package dev.prefork.cli.doctor;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The runtime directory wants a file system in memory, and one of this machine. */
final class RuntimeDirectoryCheck implements Check {
  private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");
  private static final Set<String> NETWORK =
      Set.of("nfs", "nfs4", "cifs", "smb3", "smbfs", "ceph", "afs", "glusterfs", "lustre", "9p");
  private static final List<String> PLACES = List.of("/run", "/dev/shm");

  @Override
  public String name() {
    return "runtime-dir";
  }

  @Override
  public List<Finding> find(Machine machine, Plan plan) {
    Optional<String> type = Mounts.typeAt(machine, plan.runtimeDirectory());
    if (type.isEmpty() || IN_MEMORY.contains(type.get())) {
      return List.of();
    }
    String where = plan.runtimeDirectory() + " is on ";
    if (NETWORK.contains(type.get()) || type.get().startsWith("fuse.")) {
      return problem(
          where
              + type.get()
              + ", which others may share: a lock there excludes other machines, or nobody, and"
              + " waits for the network",
          fix(machine));
    }
    return warning(
        where + "a disk (" + type.get() + "): what is written there waits for it when it is busy",
        fix(machine));
  }

  private static String fix(Machine machine) {
    return PLACES.stream()
        .filter(
            place -> Mounts.typeAt(machine, Path.of(place)).filter(IN_MEMORY::contains).isPresent())
        .findFirst()
        .map(place -> "--runtime-dir " + place + "/prefork/NAME, which is in memory")
        .orElse("mount a tmpfs, and name a folder in it with --runtime-dir");
  }
}
