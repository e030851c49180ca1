package dev.prefork.cli.operate;

import dev.prefork.ServerHistory;
import dev.prefork.ServerHistory.Second;
import dev.prefork.ServerSnapshot;
import dev.prefork.ServerSnapshot.Listening;
import dev.prefork.ServerSnapshot.Request;
import dev.prefork.ServerSnapshot.Worker;
import dev.prefork.posix.Terminal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** A snapshot and a history as a screenful of lines, none of them wider than the screen. */
final class TopScreen {
  private static final String BOLD = "1";
  private static final String REVERSE = "7";
  private static final String GREEN = "32";
  private static final String YELLOW = "33";
  private static final String CYAN = "36";
  private static final String RED = "31";
  private static final int MAX_BAR = 60;

  private final Display display;
  private final Terminal.Size size;
  private final List<String> lines = new ArrayList<>();

  private TopScreen(Display display, Terminal.Size size) {
    this.display = display;
    this.size = size;
  }

  static List<String> of(
      ServerSnapshot server, ServerHistory history, Display display, Terminal.Size size) {
    TopScreen screen = new TopScreen(display, size);
    screen.head(server);
    screen.graphs(history.seconds());
    screen.workers(server);
    return screen.lines;
  }

  private void head(ServerSnapshot server) {
    add(BOLD, StatusText.title(server));
    add("", StatusText.pool(server));
    int lanes = server.accepting() * server.concurrency();
    int columns = Math.clamp(size.columns() - 2L, 1, Math.min(MAX_BAR, Math.max(1, lanes)));
    String style = server.busy() >= lanes ? YELLOW : GREEN;
    add(style, "[" + Graphs.bar(server.busy(), lanes, columns, display.unicode()) + "]");
    for (Listening listener : server.listeners()) {
      add(listener.queued() > 0 ? RED : "", listener.address() + ": " + StatusText.queue(listener));
    }
  }

  private void graphs(List<Second> seconds) {
    Second last = seconds.isEmpty() ? null : seconds.getLast();
    graph("requests/s", seconds, Second::requests, last == null ? "" : "now " + last.requests());
    graph("busy", seconds, Second::busy, last == null ? "" : "now " + last.busy());
    if (last != null) {
      add(
          "",
          "in the last second: median "
              + millis(last.medianNs())
              + ", 99 % within "
              + millis(last.p99Ns())
              + ", "
              + Texts.many(last.errors(), "error"));
    }
    lines.add("");
  }

  private static String millis(long ns) {
    return ns == 0 ? "-" : String.format(Locale.ROOT, "%.1fms", ns / 1e6);
  }

  private void graph(String name, List<Second> seconds, ToLongFunction<Second> value, String now) {
    List<Long> values = seconds.stream().map(value::applyAsLong).toList();
    long most = values.stream().mapToLong(Long::longValue).max().orElse(0);
    String before = Width.left(name, 10) + " ";
    String after = " " + now + ", most " + Texts.count(most);
    int columns = size.columns() - Width.of(before) - Width.of(after);
    if (columns > 0) {
      String line = Graphs.sparkline(values, columns, display.unicode());
      lines.add(before + display.paint(CYAN, Width.right(line, columns)) + after);
    }
  }

  /** Who has worked on one request for longest stands first; the idle follow by their slots. */
  private void workers(ServerSnapshot server) {
    List<Worker> sorted = new ArrayList<>(server.workers());
    sorted.sort(
        Comparator.comparing(TopScreen::longest)
            .reversed()
            .thenComparingInt(worker -> worker.identity().slot()));
    List<String> table = WorkerTable.of(sorted, _ -> "");
    add(REVERSE, Width.left(table.getFirst(), size.columns()));
    int room = size.rows() - lines.size() - 1;
    List<String> rows = table.subList(1, table.size());
    if (rows.size() <= room) {
      rows.forEach(row -> add("", row));
    } else if (room > 0) {
      rows.subList(0, room - 1).forEach(row -> add("", row));
      add("", "… and " + (rows.size() - room + 1) + " more");
    }
  }

  private static Duration longest(Worker worker) {
    return worker.requests().stream()
        .map(Request::running)
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  private void add(String style, String text) {
    String line = Width.cut(text, size.columns());
    lines.add(style.isEmpty() ? line : display.paint(style, line));
  }
}
