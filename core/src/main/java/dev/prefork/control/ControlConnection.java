package dev.prefork.control;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** A peer's connection: one request after the other, each answered before the next is read. */
final class ControlConnection {
  /** Whoever asks nothing for so long is cut off. */
  private static final Duration IDLE = Duration.ofSeconds(30);

  private static final Duration DROP = Duration.ofSeconds(1);

  private final LineChannel lines;
  private final Answer answer;
  private final ControlCommands commands;

  ControlConnection(LineChannel lines, String origin, ControlCommands commands) {
    this.lines = lines;
    this.answer = new Answer(lines, origin);
    this.commands = commands;
  }

  /** Answers until the peer ends, or asks nothing for too long. */
  void converse() throws IOException {
    try {
      for (String line = lines.read(IDLE); line != null; line = lines.read(IDLE)) {
        serve(line);
      }
    } catch (LineTooLongException e) {
      refuse("the request is refused: " + e.getMessage());
    } catch (SocketTimeoutException e) {
      // it asked nothing, or did not read
    }
  }

  private void serve(String line) throws IOException {
    try {
      commands.serve(ControlRequest.parse(line), answer);
    } catch (PreforkException e) {
      answer.error(e.status(), String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      answer.error(ExitStatus.FAILED, "the server could not do it: " + e);
      throw e; // a mistake of ours: the thread's handler tells it with its trace
    }
  }

  private void refuse(String why) throws IOException {
    answer.error(ExitStatus.USAGE, why);
    lines.drop(DROP);
  }
}
