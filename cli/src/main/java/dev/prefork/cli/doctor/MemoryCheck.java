package dev.prefork.cli.doctor;

import dev.prefork.launch.HostResources;
import java.util.ArrayList;
import java.util.List;
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
    if (plan.kind() == Plan.Kind.COMMAND) {
      return List.of(); // what it takes is not known
    }
    HostResources host = HostResources.of(machine::read, 1);
    if (host.memory() == 0) {
      return List.of();
    }
    List<Finding> findings = new ArrayList<>(compare(plan, host));
    findings.addAll(overcommit(machine, plan, host));
    return findings;
  }

  private List<Finding> compare(Plan plan, HostResources host) {
    String available =
        (host.hasMachinesMemory()
                ? "the machine's memory"
                : "the limit of the cgroup (" + host.memorySource() + ")")
            + ", "
            + Numbers.mebibytes(host.memory());
    int largest = plan.pool().largest();
    if (plan.memory(largest, host) > host.memory()) {
      return problem(
          demand(plan, largest, host) + available,
          plan.sharesMemory()
              ? "fewer --workers, or more memory"
              : "fewer --workers, a smaller --worker-heap, or more memory");
    }
    // Who sizes the heaps by the workers there are has left no room for more of them.
    if (!plan.sharesMemory() && plan.memory(plan.most(), host) > host.memory()) {
      return warning(
          demand(plan, plan.most(), host) + available,
          "a smaller --max-workers, a smaller --worker-heap, or more memory");
    }
    return List.of();
  }

  private static String demand(Plan plan, int workers, HostResources host) {
    return workers
        + " workers with "
        + Numbers.mebibytes(plan.heapOn(host))
        + " of heap may take "
        + Numbers.mebibytes(plan.memory(workers, host))
        + " in all, more than ";
  }

  /** Under strict overcommit every heap counts in full when it is reserved, not when it is used. */
  private List<Finding> overcommit(Machine machine, Plan plan, HostResources host) {
    OptionalLong limit = Numbers.memory(machine, "CommitLimit");
    OptionalLong committed = Numbers.memory(machine, "Committed_AS");
    boolean strict = machine.read("/proc/sys/vm/overcommit_memory").orElse("").equals(STRICT);
    if (!strict || limit.isEmpty() || committed.isEmpty()) {
      return List.of();
    }
    long left = Math.max(0, limit.getAsLong() - committed.getAsLong());
    int largest = plan.pool().largest();
    return plan.memory(largest, host) <= left
        ? List.of()
        : problem(
            demand(plan, largest, host)
                + "what vm.overcommit_memory=2 has left to promise, "
                + Numbers.mebibytes(left),
            "sysctl -w vm.overcommit_memory=0, or a higher vm.overcommit_ratio");
  }
}
