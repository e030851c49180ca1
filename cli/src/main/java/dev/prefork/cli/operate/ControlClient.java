package dev.prefork.cli.operate;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import dev.prefork.control.ControlRequest;
import dev.prefork.control.LineChannel;
import dev.prefork.control.SocketFile;
import dev.prefork.json.Json;
import dev.prefork.json.JsonException;
import dev.prefork.json.JsonParser;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/** A connection to a server's control socket. */
final class ControlClient implements AutoCloseable {
  /** The server says every 5 s that it still waits: silence for three of these is none of ours. */
  private static final Duration SILENCE = Duration.ofSeconds(15);

  /** A thread dump is the longest line: 1 MiB, each character of which may be escaped. */
  private static final int MAX_LINE = 8 << 20;

  private final Path directory;
  private final LineChannel lines;

  private ControlClient(Path directory, LineChannel lines) {
    this.directory = directory;
    this.lines = lines;
  }

  /**
   * Connects to the server of a runtime directory.
   *
   * @throws PreforkException (unavailable) if none is there or it is not ours; (try again) if it is
   *     too busy
   */
  static ControlClient connect(Path directory) {
    Path socket = directory.resolve(SocketFile.NAME);
    try {
      SocketChannel channel = ServerFinder.connect(socket);
      return new ControlClient(directory, new LineChannel(channel, MAX_LINE));
    } catch (ConnectException e) {
      throw ServerFinder.nobody(directory);
    } catch (IOException e) {
      if (Files.notExists(socket)) {
        throw ServerFinder.nobody(directory);
      }
      throw new PreforkException(
          ExitStatus.UNAVAILABLE, "could not connect to " + socket + ": " + e.getMessage());
    }
  }

  /**
   * Asks, and waits for the last line of the answer.
   *
   * @param between given each line before the last, but for those that only say it still waits
   * @return the last line, a result
   * @throws PreforkException if the request is refused, or the server goes or says nothing
   */
  Json.Fields ask(ControlRequest request, Consumer<Json.Fields> between) {
    try {
      send(request);
      while (true) {
        String line = lines.read(SILENCE);
        if (line == null) {
          throw gone();
        }
        Json.Fields answer = parse(line);
        switch (answer.text("type")) {
          case "result" -> {
            return answer;
          }
          case "error" -> throw refused(answer);
          case "waiting" -> {}
          default -> between.accept(answer);
        }
      }
    } catch (SocketTimeoutException e) {
      throw new PreforkException(
          ExitStatus.TRY_AGAIN,
          "the server of "
              + directory
              + " says nothing: it is stopped or hung; what its workers do: prefork status"
              + " --offline "
              + directory.resolve("scoreboard"));
    } catch (IOException e) {
      throw gone();
    } catch (JsonException e) {
      throw new PreforkException(
          ExitStatus.FAILED, "the answer of the server is none of this version: " + e.getMessage());
    }
  }

  /** Whoever is refused before it has asked finds the reason among what there is to read. */
  private void send(ControlRequest request) throws SocketTimeoutException {
    try {
      lines.write(request.line(), SILENCE);
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      // closed: reading tells why
    }
  }

  Json.Fields ask(String command) {
    return ask(new ControlRequest(command), _ -> {});
  }

  /** Waits until the server has given everything back: it then ends the connection. */
  void awaitEnd() {
    try {
      String line = lines.read(SILENCE);
      if (line != null) {
        throw new IllegalStateException("nothing was asked, and an answer came");
      }
    } catch (IOException e) {
      // it is at its end either way
    }
  }

  private PreforkException gone() {
    return new PreforkException(
        ExitStatus.UNAVAILABLE, "the server of " + directory + " has ended before it answered");
  }

  private static Json.Fields parse(String line) throws JsonException {
    if (JsonParser.parse(line) instanceof Json.Fields fields) {
      return fields;
    }
    throw new JsonException("it is no object");
  }

  private static PreforkException refused(Json.Fields error) throws JsonException {
    long code = error.number("exit");
    for (ExitStatus status : ExitStatus.values()) {
      if (status.code() == code) {
        return new PreforkException(status, error.text("text"));
      }
    }
    throw new JsonException("there is no exit code " + code);
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
