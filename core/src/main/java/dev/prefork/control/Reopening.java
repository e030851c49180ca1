package dev.prefork.control;

import dev.prefork.ExitStatus;
import dev.prefork.ServerEvent;
import java.io.IOException;

/** {@code reopen-logs}: after the files were renamed. */
final class Reopening {
  private final Controlled server;
  private final EventFeed feed;

  Reopening(Controlled server, EventFeed feed) {
    this.server = server;
    this.feed = feed;
  }

  void reopen(Arguments arguments, Answer answer) throws IOException {
    Wait wait = new Wait(arguments.timeout(Wait.DEFAULT_TIMEOUT));
    arguments.done();
    Wait.requireRunning(server);
    try (var events = feed.follow(answer::wake)) {
      server.reopenLogs(answer.origin());
      boolean taken = answer.await(() -> isTold(events, answer.origin()), wait.deadlineNs());
      answer.result(
          taken ? ExitStatus.OK : ExitStatus.TRY_AGAIN,
          taken
              ? "the logs are reopened; each worker follows when it has written what it holds"
              : "the supervisor has not taken it up " + wait.late(),
          _ -> {});
    }
  }

  private static boolean isTold(EventFeed.Follower events, String origin) {
    for (var told = events.next(); told != null; told = events.next()) {
      if (told.event() instanceof ServerEvent.LogsReopened(String who) && who.equals(origin)) {
        return true;
      }
    }
    return false;
  }
}
