package dev.prefork.server;

import dev.prefork.ServerEvent;
import dev.prefork.ServerSnapshot.Request;
import dev.prefork.WorkerIdentity;
import java.time.Duration;

/** Late requests for tests. */
final class LateRequests {
  private LateRequests() {}

  /** One that its text tells from others. */
  static ServerEvent late(String text, String threadDump) {
    return new ServerEvent.RequestLate(
        new WorkerIdentity(0, 1, 4_711),
        new Request("127.0.0.1:40000", "loop", Duration.ofSeconds(1), Duration.ofSeconds(29)),
        text,
        threadDump);
  }
}
