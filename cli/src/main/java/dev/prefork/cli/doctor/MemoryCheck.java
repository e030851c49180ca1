package dev.prefork.cli.doctor;

import dev.prefork.posix.ControlGroups.Limit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Heaps that may grow beyond what there is end with the kernel's killer, at the busiest hour. */
final class MemoryCheck implements Check {
  private static final String STRICT = "2";

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public List<Finding> find(Machine machine, Plan plan) {
    List<Finding> findings = new ArrayList<>();
    OptionalLong machineMemory = Numbers.memory(machine, "MemTotal");
    Optional<Limit> cgroup =
        Cgroups.memory(machine)
            .filter(limit -> machineMemory.isEmpty() || limit.value() < machineMemory.getAsLong());
    if (cgroup.isPresent()) {
      String what = "the limit of the cgroup (" + cgroup.get().file() + ")";
      findings.addAll(compare(plan, cgroup.get().value(), what));
    } else if (machineMemory.isPresent()) {
      findings.addAll(compare(plan, machineMemory.getAsLong(), "the machine's memory"));
    }
    findings.addAll(overcommit(machine, plan));
    return findings;
  }

  private List<Finding> compare(Plan plan, long available, String what) {
    if (plan.memory(plan.workers()) > available) {
      return problem(
          demand(plan, plan.workers()) + what + ", " + Numbers.mebibytes(available),
          "fewer --workers, a smaller --worker-heap, or more memory");
    }
    if (plan.memory(plan.maxWorkers()) > available) {
      return warning(
          demand(plan, plan.maxWorkers()) + what + ", " + Numbers.mebibytes(available),
          "a smaller --max-workers, a smaller --worker-heap, or more memory");
    }
    return List.of();
  }

  private static String demand(Plan plan, int workers) {
    return workers
        + " workers with "
        + Numbers.mebibytes(plan.heap())
        + " of heap may take "
        + Numbers.mebibytes(plan.memory(workers))
        + " in all, more than ";
  }

  /** Under strict overcommit every heap counts in full when it is reserved, not when it is used. */
  private List<Finding> overcommit(Machine machine, Plan plan) {
    OptionalLong limit = Numbers.memory(machine, "CommitLimit");
    OptionalLong committed = Numbers.memory(machine, "Committed_AS");
    boolean strict = machine.read("/proc/sys/vm/overcommit_memory").orElse("").equals(STRICT);
    if (!strict || limit.isEmpty() || committed.isEmpty()) {
      return List.of();
    }
    long left = Math.max(0, limit.getAsLong() - committed.getAsLong());
    return plan.memory(plan.workers()) <= left
        ? List.of()
        : problem(
            demand(plan, plan.workers())
                + "what vm.overcommit_memory=2 has left to promise, "
                + Numbers.mebibytes(left),
            "sysctl -w vm.overcommit_memory=0, or a higher vm.overcommit_ratio");
  }
}
