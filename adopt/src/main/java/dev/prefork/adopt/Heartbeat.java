package dev.prefork.adopt;

import dev.prefork.ExitStatus;
import dev.prefork.launch.LaunchSpec;
import dev.prefork.launch.WorkerReport;
import dev.prefork.scoreboard.ProgramLine;
import dev.prefork.scoreboard.Scoreboard;
import dev.prefork.worker.Supervision;
import java.io.IOException;
import java.time.Duration;

/**
 * Says on the scoreboard that this JVM runs, as long as it does. To open the scoreboard takes a
 * twentieth of a second: it is done beside the program's start.
 */
final class Heartbeat implements Runnable {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final Supervision supervision;
  private final SharedListeners listeners;
  private final StuckRequest stuck;
  private final int slot;

  /**
   * Does nothing yet.
   *
   * @param listeners whose connections are entered too
   * @param stuck entered too
   */
  Heartbeat(Supervision supervision, SharedListeners listeners, StuckRequest stuck, int slot) {
    this.supervision = supervision;
    this.listeners = listeners;
    this.stuck = stuck;
    this.slot = slot;
  }

  @Override
  public void run() {
    try {
      Scoreboard scoreboard = Scoreboard.open(LaunchSpec.SCOREBOARD_PATH, true);
      ProgramLine line = scoreboard.program(slot);
      listeners.enter(line, scoreboard::fewestOpen);
      while (true) {
        line.beat(System.nanoTime());
        listeners.lookAgain();
        stuck.look();
        Thread.sleep(INTERVAL);
      }
    } catch (IOException e) {
      supervision.report(WorkerReport.Kind.FAILED, String.valueOf(e.getMessage()));
      Runtime.getRuntime().halt(ExitStatus.CONFIGURATION.code());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
