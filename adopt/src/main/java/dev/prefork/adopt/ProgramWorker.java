package dev.prefork.adopt;

import dev.prefork.ExitStatus;
import dev.prefork.launch.LaunchSpec;
import dev.prefork.worker.ReportingProgram;
import dev.prefork.worker.Supervision;

/** Obeys the supervisor beside a program that knows of nothing. */
final class ProgramWorker implements Runnable {
  private final Supervision supervision;
  private final SharedListeners listeners;
  private final ReportingProgram program;
  private final ProgramDrain drain;

  ProgramWorker(
      Supervision supervision,
      SharedListeners listeners,
      ReportingProgram program,
      ProgramDrain drain) {
    this.supervision = supervision;
    this.listeners = listeners;
    this.program = program;
    this.drain = drain;
  }

  @Override
  public void run() {
    try {
      drain.heedTerm();
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
    } catch (RuntimeException | Error e) {
      // Nobody else would notice: the program would serve on for ever, or never begin to.
      e.printStackTrace();
      Runtime.getRuntime().halt(ExitStatus.FAILED.code());
    }
  }
}
