package dev.prefork.control;

import dev.prefork.ExitStatus;
import dev.prefork.ServerHistory;
import dev.prefork.json.JsonWriter;
import java.io.IOException;
import java.util.function.Consumer;

/** {@code status}, {@code history}, {@code deaths}: what is known, at once. */
final class Reports {
  private final Controlled server;

  Reports(Controlled server) {
    this.server = server;
  }

  void status(Arguments arguments, Answer answer) throws IOException {
    arguments.done();
    report(answer, "snapshot", server::writeSnapshot);
  }

  void history(Arguments arguments, Answer answer) throws IOException {
    int seconds =
        arguments.has("seconds")
            ? arguments.number("seconds", 1, ServerHistory.MAX_SECONDS)
            : ServerHistory.MAX_SECONDS;
    arguments.done();
    report(answer, "history", out -> server.writeHistory(out, seconds));
  }

  void deaths(Arguments arguments, Answer answer) throws IOException {
    arguments.done();
    report(answer, "deaths", server::writeDeaths);
  }

  private static void report(Answer answer, String name, Consumer<JsonWriter> value)
      throws IOException {
    answer.result(ExitStatus.OK, "ok", out -> value.accept(out.name(name)));
  }
}
