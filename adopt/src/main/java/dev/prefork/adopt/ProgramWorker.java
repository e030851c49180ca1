package dev.prefork.adopt;

import dev.prefork.ExitStatus;
import dev.prefork.launch.LaunchSpec;
import dev.prefork.posix.Signals;
import dev.prefork.posix.Signum;
import dev.prefork.worker.ReportingProgram;
import dev.prefork.worker.Supervision;
import java.time.Duration;

/** Obeys the supervisor beside a program that knows of nothing. */
final class ProgramWorker implements Runnable {
  /** The supervisor kills at the bound; this is for a worker that has none any more. */
  private static final Duration PATIENCE = Duration.ofMillis(500);

  /** A connection that was accepted last of all is given this long to become a request. */
  private static final Duration SETTLE = Duration.ofMillis(300);

  /** And this long to be answered and closed, where the machine is slow: kept ones stay open. */
  private static final Duration SETTLE_MOST = Duration.ofMillis(1_500);

  private static final long LOOK_AGAIN_MS = 20;

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
      String command = supervision.nextCommand();
      while (!command.equals(LaunchSpec.DRAIN_COMMAND)) {
        if (command.equals(LaunchSpec.ACCEPT_COMMAND)) {
          listeners.open();
        } else if (command.equals(LaunchSpec.REOPEN_COMMAND)) {
          program.reopenLog();
        }
        command = supervision.nextCommand();
      }
      drain();
    } catch (RuntimeException e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(ExitStatus.FAILED.code());
    }
  }

  /**
   * The listeners go quiet first; then the program's own graceful shutdown has its turn. Servers
   * finish requests and close connections that have sent none: who has just been accepted must not
   * look like one of these.
   */
  private void drain() {
    listeners.close();
    program.drain();
    try {
      settle();
      Signals.raise(Signum.TERM);
      Thread.sleep(stopTimeout.plus(PATIENCE));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(ExitStatus.FAILED.code());
  }

  private void settle() throws InterruptedException {
    if (SETTLE.compareTo(stopTimeout) >= 0) {
      return;
    }
    Thread.sleep(SETTLE);
    Duration most = SETTLE_MOST.compareTo(stopTimeout) < 0 ? SETTLE_MOST : stopTimeout;
    long untilNs = System.nanoTime() + most.minus(SETTLE).toNanos();
    while (listeners.openConnections() > 0 && System.nanoTime() < untilNs) {
      Thread.sleep(LOOK_AGAIN_MS);
    }
  }
}
