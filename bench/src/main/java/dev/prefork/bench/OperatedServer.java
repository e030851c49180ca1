package dev.prefork.bench;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import java.util.function.Predicate;

/** A running server as who operates it sees it: by its control socket. */
record OperatedServer(ReadyServer server) {
  private static final long PATIENCE_MS = 60_000;

  int port() {
    return server.port();
  }

  long supervisor() {
    return server.process().handle().pid();
  }

  String log() {
    return server.process().log();
  }

  Control control() {
    return Control.connect(server.runtimeDirectory());
  }

  ServerView status() {
    try (Control control = control()) {
      return control.status();
    }
  }

  /** Waits until the wanted workers accept, the spares wait, and nothing is under way. */
  ServerView awaitSettled() {
    return await("settled down", ServerView::isSettled);
  }

  /** Looks again and again until it is so. */
  ServerView await(String what, Predicate<ServerView> wanted) {
    try (Control control = control()) {
      ServerView[] last = {control.status()};
      boolean happened =
          Waiting.until(
              () -> {
                last[0] = control.status();
                return wanted.test(last[0]);
              },
              PATIENCE_MS);
      if (!happened) {
        throw new PreforkException(
            ExitStatus.FAILED,
            "the server has not " + what + " within " + PATIENCE_MS + " ms: " + last[0]);
      }
      return last[0];
    }
  }

  /** Kills a worker (kill -9); nothing happens if it is gone. */
  static void kill(long pid) {
    var _ = ProcessHandle.of(pid).map(ProcessHandle::destroyForcibly).orElse(false);
  }
}
