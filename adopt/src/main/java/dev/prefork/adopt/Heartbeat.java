package dev.prefork.adopt;

import dev.prefork.scoreboard.ProgramLine;
import java.time.Duration;

/** Shows once a second that this JVM runs. */
final class Heartbeat implements Runnable {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final ProgramLine scoreboard;

  Heartbeat(ProgramLine scoreboard) {
    this.scoreboard = scoreboard;
  }

  @Override
  public void run() {
    try {
      while (true) {
        scoreboard.beat(System.nanoTime());
        Thread.sleep(INTERVAL);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
