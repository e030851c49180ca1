package dev.prefork.control;

import dev.prefork.ExitStatus;
import dev.prefork.json.JsonWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The lines that answer one request. The last one is a result or an error; those before it belong
 * to the command, or say {@code waiting}: that it is still at it.
 */
final class Answer {
  /** Whoever has not read a line by then is cut off. */
  private static final Duration WRITE_TIMEOUT = Duration.ofSeconds(10);

  /** A peer that hears nothing for several of these may give the server up. */
  static final Duration WAITING_EVERY = Duration.ofSeconds(5);

  private final LineChannel lines;
  private final String origin;

  Answer(LineChannel lines, String origin) {
    this.lines = lines;
    this.origin = origin;
  }

  /** Who asks, for the server's log. */
  String origin() {
    return origin;
  }

  /** Ends a wait of this answer's, from any thread. */
  void wake() {
    lines.wake();
  }

  /** Sends a line that is not the last. */
  void line(String type, Consumer<JsonWriter> fields) throws IOException {
    JsonWriter out = new JsonWriter().beginObject();
    out.field("version", ControlRequest.VERSION).field("type", type);
    fields.accept(out);
    lines.write(out.endObject().toString(), WRITE_TIMEOUT);
  }

  /**
   * Sends the last line.
   *
   * @param status what a command of the shell's would exit with
   * @param text what became of the request, for people
   */
  void result(ExitStatus status, String text, Consumer<JsonWriter> fields) throws IOException {
    line(
        "result",
        out -> {
          out.field("exit", status.code()).field("text", text);
          fields.accept(out);
        });
  }

  /** Sends, as the last line, why the request is refused. */
  void error(ExitStatus status, String text) throws IOException {
    line("error", out -> out.field("exit", status.code()).field("text", text));
  }

  /**
   * Waits until the condition holds; looks whenever {@link #wake} is called. Tells the peer that it
   * waits, which finds out as well whether the peer still is there.
   *
   * @return false if it does not hold in time
   */
  boolean await(BooleanSupplier condition, long deadlineNs) throws IOException {
    long sayNs = System.nanoTime() + WAITING_EVERY.toNanos();
    boolean toldEnd = false;
    while (!condition.getAsBoolean()) {
      long nowNs = System.nanoTime();
      if (nowNs >= deadlineNs) {
        return false;
      }
      boolean ended = lines.hasEnded() && !toldEnd;
      if (ended || nowNs >= sayNs) {
        line("waiting", _ -> {});
        sayNs = nowNs + WAITING_EVERY.toNanos();
        toldEnd = lines.hasEnded();
      }
      lines.pause(Math.min(deadlineNs, sayNs));
    }
    return true;
  }
}
