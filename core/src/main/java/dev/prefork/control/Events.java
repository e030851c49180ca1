package dev.prefork.control;

import dev.prefork.ExitStatus;
import dev.prefork.ServerEvent;
import java.io.IOException;

/** {@code events}: what has just happened, and with {@code follow} what happens from now on. */
final class Events {
  private final EventFeed feed;

  Events(EventFeed feed) {
    this.feed = feed;
  }

  void events(Arguments arguments, Answer answer) throws IOException {
    boolean follow = arguments.flag("follow");
    arguments.done();
    if (!follow) {
      for (EventFeed.Told told : feed.recent()) {
        tell(answer, told);
      }
      answer.result(ExitStatus.OK, "ok", _ -> {});
      return;
    }
    try (var events = feed.follow(answer::wake)) {
      EventFeed.Told told;
      do {
        var _ = answer.await(events::hasNext, Long.MAX_VALUE);
        told = events.next();
        if (told != null) {
          tell(answer, told);
        }
      } while (told == null || !(told.event() instanceof ServerEvent.Stopped));
      answer.result(ExitStatus.OK, "the server has stopped", _ -> {});
    }
  }

  private static void tell(Answer answer, EventFeed.Told told) throws IOException {
    answer.line(
        "event", out -> EventJson.write(out.field("time", told.time().toString()), told.event()));
  }
}
