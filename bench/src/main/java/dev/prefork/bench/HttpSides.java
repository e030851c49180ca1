package dev.prefork.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who takes part in a run.
 *
 * @param all in the order of the report
 * @param missing what could take part if it were installed
 */
record HttpSides(List<HttpSide> all, List<String> missing) {
  static final List<Integer> WORKERS = List.of(2, 4, 8);

  private static final int PROCESSES = 8;

  HttpSides {
    all = List.copyOf(all);
    missing = List.copyOf(missing);
  }

  /**
   * Finds them.
   *
   * @param directory their files go there
   * @param commands where those that are installed are looked for
   */
  static HttpSides find(HttpOptions options, Path directory, CommandPath commands) {
    List<HttpSide> all = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (String program : options.programs()) {
      all.add(new LoneProgram(program, directory));
      for (int workers : WORKERS) {
        all.add(PreforkedProgram.of(options.prefork(), program, workers, List.of(), directory));
      }
    }
    for (Product product : Product.ALL) {
      Optional<Path> command = commands.find(product.command());
      if (command.isEmpty() || !product.isComplete()) {
        missing.add(product.label());
        continue;
      }
      all.add(new InstalledServer(product, command.get(), PROCESSES, directory));
      if (product.waitsForKept() && options.clients() > PROCESSES) {
        all.add(new InstalledServer(product, command.get(), options.clients(), directory));
      }
    }
    return new HttpSides(all, missing);
  }

  /** Those whose losses are told, under so many clients: the largest of each program. */
  List<HttpSide> disturbed(int clients) {
    return all.stream()
        .filter(HttpSide::replacesWorkers)
        .filter(side -> side.serves(Workload.HELLO, clients) && side.workers() >= PROCESSES)
        .toList();
  }
}
