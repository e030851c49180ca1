package dev.prefork.cli.doctor;

import java.util.List;
import java.util.OptionalLong;

/** The kernel silently cuts the queue that listen(2) asks for. */
final class BacklogCheck implements Check {
  private static final String SOMAXCONN = "/proc/sys/net/core/somaxconn";

  @Override
  public String name() {
    return "backlog";
  }

  @Override
  public List<Finding> find(Machine machine, Plan plan) {
    OptionalLong most = Numbers.in(machine, SOMAXCONN);
    if (most.isEmpty() || most.getAsLong() >= plan.backlog()) {
      return List.of();
    }
    return problem(
        "the backlog of "
            + plan.backlog()
            + " is cut to "
            + most.getAsLong()
            + ", the kernel's net.core.somaxconn",
        "sysctl -w net.core.somaxconn=" + plan.backlog() + ", or a smaller --backlog");
  }
}
