package dev.prefork.adopt;

import dev.prefork.ExitStatus;
import dev.prefork.launch.LaunchSpec;
import dev.prefork.worker.ReportingProgram;
import dev.prefork.worker.Supervision;
import java.time.Duration;

/** Obeys the supervisor beside a program that knows of nothing. */
final class ProgramWorker implements Runnable {
  private final Supervision supervision;
  private final SharedListeners listeners;
  private final ReportingProgram program;
  private final Duration stopTimeout;

  ProgramWorker(
      Supervision supervision,
      SharedListeners listeners,
      ReportingProgram program,
      Duration stopTimeout) {
    this.supervision = supervision;
    this.listeners = listeners;
    this.program = program;
    this.stopTimeout = stopTimeout;
  }

  @Override
  public void run() {
    try {
      ProgramDrain drain = new ProgramDrain(supervision, listeners, program, stopTimeout);
      String command = supervision.nextCommand();
      while (!command.equals(LaunchSpec.DRAIN_COMMAND)) {
        if (command.equals(LaunchSpec.ACCEPT_COMMAND)) {
          listeners.open();
        } else if (command.equals(LaunchSpec.REOPEN_COMMAND)) {
          program.reopenLog();
        }
        command = supervision.nextCommand();
      }
      drain.begin();
    } catch (RuntimeException e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(ExitStatus.FAILED.code());
    }
  }
}
