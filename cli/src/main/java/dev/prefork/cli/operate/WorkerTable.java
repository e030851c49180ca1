package dev.prefork.cli.operate;

import dev.prefork.ServerSnapshot.Request;
import dev.prefork.ServerSnapshot.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** The workers as rows of a table. */
final class WorkerTable {
  private record Column(String title, boolean number, Function<Worker, String> cell) {}

  private static final List<Column> COLUMNS =
      List.of(
          new Column("SLOT", true, worker -> "" + worker.identity().slot()),
          new Column("GEN", true, worker -> "" + worker.identity().generation()),
          new Column("PID", true, worker -> pid(worker.identity().pid())),
          new Column("LIFE", false, worker -> Texts.word(worker.life())),
          new Column("AGE", true, worker -> Texts.time(worker.age())),
          new Column("REQUESTS", true, worker -> Texts.count(worker.served().requests())),
          new Column("ERRORS", true, worker -> Texts.count(worker.served().errors())),
          new Column("MEMORY", true, WorkerTable::memory),
          new Column("SERVING", false, WorkerTable::serving));

  private WorkerTable() {}

  /**
   * The table, its titles first.
   *
   * @param note what else is to be said of a worker, at the end of its row
   */
  static List<String> of(List<Worker> workers, Function<Worker, String> note) {
    List<StringBuilder> rows = new ArrayList<>();
    rows.add(new StringBuilder());
    workers.forEach(_ -> rows.add(new StringBuilder()));
    for (Column column : COLUMNS) {
      List<String> cells = new ArrayList<>(List.of(column.title()));
      workers.forEach(worker -> cells.add(Texts.printable(column.cell().apply(worker))));
      int width = cells.stream().mapToInt(Width::of).max().orElse(0);
      for (int i = 0; i < cells.size(); i++) {
        String cell = cells.get(i);
        rows.get(i)
            .append(rows.get(i).isEmpty() ? "" : "  ")
            .append(column.number() ? Width.right(cell, width) : Width.left(cell, width));
      }
    }
    for (int i = 0; i < workers.size(); i++) {
      rows.get(i + 1).append("  ").append(note.apply(workers.get(i)));
    }
    return rows.stream().map(row -> row.toString().stripTrailing()).toList();
  }

  private static String pid(long pid) {
    return pid == 0 ? "-" : Long.toString(pid);
  }

  private static String memory(Worker worker) {
    long bytes =
        worker.proportionalBytes() > 0 ? worker.proportionalBytes() : worker.residentBytes();
    return bytes == 0 ? "-" : Texts.size(bytes);
  }

  /**
   * The request that has taken longest, and how many there are beside it; of a program that does
   * not tell its requests, the connections.
   */
  private static String serving(Worker worker) {
    return worker.requests().stream()
        .max(Comparator.comparing(Request::running))
        .map(request -> describe(request) + others(worker.requests().size() - 1))
        .orElseGet(() -> connections(worker));
  }

  private static String connections(Worker worker) {
    if (worker.openConnections() == 0) {
      return "";
    }
    int asking = worker.askingConnections();
    return worker.openConnections()
        + " open of "
        + Texts.count(worker.served().connections())
        + " connections"
        + (asking == 0 ? "" : ", " + asking + (asking == 1 ? " waits" : " wait"));
  }

  private static String describe(Request request) {
    String label = request.label().isEmpty() ? "" : request.label() + " for ";
    boolean late = request.untilDeadline().compareTo(Duration.ZERO) < 0;
    return label
        + request.peer()
        + " since "
        + Texts.time(request.running())
        + (late ? ", past its deadline" : "");
  }

  private static String others(int count) {
    return count == 0 ? "" : " and " + count + " more";
  }
}
