package dev.prefork.scoreboard;

import dev.prefork.posix.Posix;
import java.util.Optional;

/** Scoreboards for tests, in memory. */
public final class Scoreboards {
  private Scoreboards() {}

  /** A new one; its memory is given back with the process. */
  public static Scoreboard create(int slots, int lanes) {
    try (ScoreboardFile file =
        ScoreboardFile.create(Posix.system(), Optional.empty(), slots, lanes)) {
      return file.scoreboard();
    }
  }
}
