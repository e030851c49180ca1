package dev.prefork.cli.doctor;

import java.util.List;

/** Pages of 2 MiB make small heaps larger than they are. A program's workers ask for them. */
final class HugePagesCheck implements Check {
  private static final String ENABLED = "/sys/kernel/mm/transparent_hugepage/enabled";

  @Override
  public String name() {
    return "huge-pages";
  }

  @Override
  public List<Finding> find(Machine machine, Plan plan) {
    if (plan.kind() == Plan.Kind.PROGRAM
        || !machine.read(ENABLED).orElse("").contains("[always]")) {
      return List.of();
    }
    return warning(
        "transparent huge pages are always on: each worker's memory grows by 2 MiB at a time",
        "echo madvise > " + ENABLED);
  }
}
