package dev.prefork.bench;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import dev.prefork.control.ControlRequest;
import dev.prefork.control.LineChannel;
import dev.prefork.control.SocketFile;
import dev.prefork.json.Json;
import dev.prefork.json.JsonException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A connection to a server's control socket, for commands that are answered by one line. */
final class Control implements AutoCloseable {
  private static final Duration SILENCE = Duration.ofSeconds(15);
  private static final int MAX_LINE = 8 << 20;

  private static final String WAITING = "\"type\":\"waiting\"";

  private final LineChannel lines;

  private Control(LineChannel lines) {
    this.lines = lines;
  }

  static Control connect(Path runtimeDirectory) {
    Path socket = runtimeDirectory.resolve(SocketFile.NAME);
    try {
      SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
      return new Control(new LineChannel(channel, MAX_LINE));
    } catch (IOException e) {
      throw failed("could not connect to " + socket + ": " + e);
    }
  }

  /** Asks, and returns the line of the answer. */
  String ask(String command) {
    return ask(new ControlRequest(command));
  }

  /** The same with arguments. What says that the server is still at it is passed over. */
  String ask(ControlRequest request) {
    try {
      lines.write(request.line(), SILENCE);
      String answer = lines.read(SILENCE);
      while (answer != null && answer.contains(WAITING)) {
        answer = lines.read(SILENCE);
      }
      if (answer == null) {
        throw failed("the server ended before it answered " + request.command());
      }
      return answer;
    } catch (IOException e) {
      throw failed("no answer to " + request.command() + ": " + e);
    }
  }

  /** Replaces the worker of a slot, and waits until that is done. */
  void retire(int slot) {
    Json number = new Json.Figure(Integer.toString(slot));
    String answer = ask(new ControlRequest("retire", new Json.Fields(Map.of("slot", number))));
    if (!answer.contains("\"type\":\"result\"") || !answer.contains("\"exit\":0")) {
      throw failed("slot " + slot + " was not replaced: " + answer);
    }
  }

  ServerView status() {
    String answer = ask("status");
    try {
      return ServerView.parse(answer);
    } catch (JsonException e) {
      throw failed("no status: " + e.getMessage() + " in " + answer);
    }
  }

  private static PreforkException failed(String message) {
    return new PreforkException(ExitStatus.FAILED, message);
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      // nothing is left to lose
    }
  }
}
