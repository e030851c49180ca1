package dev.prefork.bench;

import dev.prefork.Connection;
import dev.prefork.ConnectionHandler;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Answers the request of the load as the greeting server does, after a pause; a client that calls
 * itself {@value #LOOP} keeps its worker computing for ever. Runs in workers.
 */
public final class PacedHandler implements ConnectionHandler {
  /** The client that is never answered. */
  static final String LOOP = "loop";

  private static final String PAUSE = "dev.prefork.bench.pause-ms";

  private final long pauseMs = Long.getLong(PAUSE, 0);
  private long turns;

  /** Called once by each worker. */
  public PacedHandler() {}

  /** The option for the workers' JVM that sets the pause. */
  static String pauseOption(Duration pause) {
    return "-D" + PAUSE + "=" + pause.toMillis();
  }

  @Override
  public void handle(Connection connection) throws IOException, InterruptedException {
    String client = line(connection.input());
    if (client.equals(LOOP)) {
      loopForEver();
    }
    var _ = line(connection.input()); // the datum, which the load ends with a newline
    Thread.sleep(pauseMs);
    connection.output().write(Greeting.answer(connection.worker().pid()));
  }

  private static String line(InputStream input) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = input.read(); b >= 0 && b != '\n'; b = input.read()) {
      line.append((char) b);
    }
    return line.toString();
  }

  /** Named in the thread dump of a late request. */
  private void loopForEver() {
    while (turns >= 0) {
      turns = (turns + 1) & Integer.MAX_VALUE;
    }
  }
}
