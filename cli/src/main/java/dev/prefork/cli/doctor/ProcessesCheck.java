package dev.prefork.cli.doctor;

import dev.prefork.posix.ControlGroups.Limit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The kernel counts threads: a JVM that can't start one ends, or its supervisor can't spawn. */
final class ProcessesCheck implements Check {
  @Override
  public String name() {
    return "processes";
  }

  @Override
  public List<Finding> find(Machine machine, Plan plan) {
    Optional<Limit> cgroup = Cgroups.processes(machine);
    if (cgroup.isPresent() && cgroup.get().value() < plan.threads(plan.most())) {
      return compare(
          plan,
          cgroup.get().value(),
          "the cgroup's pids.max",
          "a higher --pids-limit (docker), TasksMax= (systemd) or podPidsLimit (Kubernetes)");
    }
    OptionalLong user = Numbers.limit(machine, "Max processes");
    if (user.isPresent() && user.getAsLong() < plan.threads(plan.most())) {
      return compare(
          plan,
          user.getAsLong(),
          "this user's limit",
          "ulimit -u, or LimitNPROC= in the systemd unit");
    }
    return List.of();
  }

  private List<Finding> compare(Plan plan, long limit, String what, String fix) {
    boolean atOnce = plan.threads(plan.atStart()) > limit;
    int workers = atOnce ? plan.atStart() : plan.most();
    String text =
        workers
            + " workers have about "
            + plan.threads(workers)
            + " threads, more than "
            + what
            + ", "
            + limit;
    return atOnce ? problem(text, fix) : warning(text, fix + ", or a smaller --max-workers");
  }
}
