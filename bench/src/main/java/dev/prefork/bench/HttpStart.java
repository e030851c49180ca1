package dev.prefork.bench;

import dev.prefork.PreforkException;
import java.nio.file.Path;
import java.util.List;

/** Starts a command that serves HTTP on a port that it was told. */
final class HttpStart {
  private HttpStart() {}

  /** Returns with its first answer. */
  static RunningServer of(
      HttpSide side, List<String> command, Path directory, int port, Belongings belongings) {
    FirstAnswer first = FirstAnswer.watch(port);
    ServerProcess process =
        belongings.keep(
            () -> ServerProcess.start(command, directory, side.name().replace(' ', '-'), _ -> {}));
    try {
      double readyMs = first.awaitMs(process);
      var _ = process.children();
      return new RunningServer(side, process, port, readyMs);
    } catch (PreforkException e) {
      belongings.end(process);
      throw new PreforkException(e.status(), side.name() + ": " + e.getMessage());
    }
  }
}
