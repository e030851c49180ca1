package dev.prefork.control;

import dev.prefork.ExitStatus;
import dev.prefork.ServerEvent;
import dev.prefork.ServerStatus.Phase;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** {@code stop}: the end, and what became of the workers. */
final class Stopping {
  /** Longer than any stop timeout: the server itself bounds its end. */
  private static final Duration TIMEOUT = Duration.ofHours(24);

  private final Controlled server;
  private final EventFeed feed;

  Stopping(Controlled server, EventFeed feed) {
    this.server = server;
    this.feed = feed;
  }

  void stop(Arguments arguments, Answer answer) throws IOException {
    boolean now = arguments.flag("now");
    Wait wait = new Wait(arguments.timeout(TIMEOUT));
    arguments.done();
    try (var events = feed.follow(answer::wake)) {
      if (now) {
        server.stopNow(answer.origin());
      } else if (server.status().phase() != Phase.DRAINING) {
        server.stop(answer.origin()); // asked twice, it would become immediate
      }
      End end = new End(events);
      var _ = answer.await(end::hasCome, wait.deadlineNs());
      tell(answer, end.stopped, wait);
    }
  }

  private static final class End {
    private final EventFeed.Follower events;
    private ServerEvent.@Nullable Stopped stopped;

    End(EventFeed.Follower events) {
      this.events = events;
    }

    boolean hasCome() {
      for (var told = events.next(); told != null && stopped == null; told = events.next()) {
        if (told.event() instanceof ServerEvent.Stopped end) {
          stopped = end;
        }
      }
      return stopped != null;
    }
  }

  private void tell(Answer answer, ServerEvent.@Nullable Stopped end, Wait wait)
      throws IOException {
    if (end == null) {
      int left = server.status().workers().size();
      answer.result(
          ExitStatus.TRY_AGAIN,
          "still stopping " + wait.late() + ": " + left + " workers are left",
          out -> out.field("left", left).field("elapsed_ms", wait.elapsedMs()));
    } else {
      answer.result(
          end.status(),
          "stopped " + wait.elapsed() + ": " + end.cause(),
          out -> out.field("cause", end.cause()).field("elapsed_ms", wait.elapsedMs()));
    }
  }
}
