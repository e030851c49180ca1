package dev.prefork.cli.doctor;

import java.util.List;
import java.util.OptionalLong;

/** The supervisor holds descriptors for each worker, a worker for each connection. */
final class OpenFilesCheck implements Check {
  /** A pidfd and three pipes. */
  private static final int EACH_WORKER = 4;

  /** Of a JVM: its class path, its own files, what the application opens at least. */
  private static final int JVM = 100;

  @Override
  public String name() {
    return "open-files";
  }

  @Override
  public List<Finding> find(Machine machine, Plan plan) {
    OptionalLong limit = Numbers.limit(machine, "Max open files");
    long supervisor = JVM + (long) EACH_WORKER * plan.most() + plan.listeners();
    long worker = JVM + (long) plan.connections() + plan.listeners();
    long needed = Math.max(supervisor, worker);
    if (limit.isEmpty() || limit.getAsLong() >= needed) {
      return List.of();
    }
    return problem(
        "the limit of "
            + limit.getAsLong()
            + " open files is below the "
            + needed
            + " that "
            + (supervisor > worker
                ? "the supervisor needs for " + plan.most() + " workers"
                : "a worker needs for " + plan.connections() + " connections"),
        "ulimit -n " + roundUp(needed) + ", or LimitNOFILE= in the systemd unit");
  }

  private static long roundUp(long needed) {
    return Long.highestOneBit(needed) * 2;
  }
}
