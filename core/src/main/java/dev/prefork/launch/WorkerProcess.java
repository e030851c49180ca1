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
 * @param isCommand whether it is no JVM of ours
 * @param commands the lifeline; closing it tells the worker to drain and go. To a command nothing
 *     is said on it: it is asked to go by TERM
 * @param reports the worker's lines of {@link WorkerReport}; a command's {@link Notification}s
 * @param output what the worker's JVM and application write to standard output and error
 */
public record WorkerProcess(
    WorkerIdentity identity, boolean isCommand, Fd exit, Fd commands, Fd reports, Fd output)
    implements AutoCloseable {

  /** A worker that is a JVM. */
  static WorkerProcess ofJvm(WorkerIdentity identity, Fd exit, Fd commands, Fd reports, Fd output) {
    return new WorkerProcess(identity, false, exit, commands, reports, output);
  }

  /** A worker that is any other executable. */
  static WorkerProcess ofCommand(
      WorkerIdentity identity, Fd exit, Fd commands, Fd reports, Fd output) {
    return new WorkerProcess(identity, true, exit, commands, reports, output);
  }

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
