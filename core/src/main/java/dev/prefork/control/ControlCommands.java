package dev.prefork.control;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import dev.prefork.ServerEvent;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** What may be asked for, and how many are being answered. */
final class ControlCommands {
  /** Answers one request. */
  @FunctionalInterface
  interface Command {
    /**
     * Answers, with a result as the last line.
     *
     * @throws PreforkException if the request is refused
     * @throws IOException if the peer is gone
     */
    void run(Arguments arguments, Answer answer) throws IOException;
  }

  private final Map<String, Command> commands = new TreeMap<>();
  private final EventFeed feed = new EventFeed();
  private int running;

  ControlCommands(Controlled server) {
    Reports reports = new Reports(server);
    commands.put("status", reports::status);
    commands.put("history", reports::history);
    commands.put("deaths", reports::deaths);
    commands.put("scale", new Scaling(server, feed)::scale);
    commands.put("retire", new Retirement(server, feed)::retire);
    commands.put("dump", new Dumps(server)::dump);
    commands.put("stop", new Stopping(server, feed)::stop);
    commands.put("reopen-logs", new Reopening(server, feed)::reopen);
    commands.put("events", new Events(feed)::events);
  }

  /** Tells an event to those who follow. Never waits. */
  void tell(ServerEvent event) {
    feed.tell(event);
  }

  void serve(ControlRequest request, Answer answer) throws IOException {
    Command command = commands.get(request.command());
    if (command == null) {
      throw new PreforkException(
          ExitStatus.USAGE,
          "there is no command \""
              + request.command()
              + "\"; there are "
              + String.join(", ", commands.keySet()));
    }
    count(1);
    try {
      command.run(new Arguments(request), answer);
    } finally {
      count(-1);
    }
  }

  private synchronized void count(int change) {
    running += change;
    notifyAll();
  }

  /** Waits until every request has its answer, but not for longer than that. */
  synchronized void awaitAnswered(long patienceMs) {
    long deadlineNs = System.nanoTime() + patienceMs * 1_000_000;
    long leftMs = patienceMs;
    try {
      while (running > 0 && leftMs > 0) {
        wait(leftMs);
        leftMs = (deadlineNs - System.nanoTime()) / 1_000_000;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
