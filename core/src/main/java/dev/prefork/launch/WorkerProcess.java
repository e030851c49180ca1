package dev.prefork.launch;

import dev.prefork.WorkerIdentity;
import dev.prefork.posix.Fd;
import dev.prefork.posix.Pid;

/**
 * A spawned worker, as its supervisor holds it. All descriptors are the supervisor's ends, and none
 * of them blocks.
 *
 * @param identity slot, generation and pid
 * @param exit readable when the process has ended
 * @param commands the lifeline; closing it tells the worker to drain and go
 * @param reports the worker's lines of {@link WorkerReport}
 * @param output what the worker's JVM and application write to standard output and error
 */
public record WorkerProcess(WorkerIdentity identity, Fd exit, Fd commands, Fd reports, Fd output)
    implements AutoCloseable {

  /** The process id. */
  public Pid pid() {
    return new Pid(Math.toIntExact(identity.pid()));
  }

  @Override
  public void close() {
    exit.close();
    commands.close();
    reports.close();
    output.close();
  }
}
