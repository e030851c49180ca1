package dev.prefork.bench;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import dev.prefork.bench.Console.Findings;
import java.time.Duration;

/** Measures how a running server is operated: what {@code bench/operate} runs. */
public final class OperateMain {
  private OperateMain() {}

  /**
   * Runs the experiments; prints the report on standard output, progress on standard error.
   *
   * @param args see {@code bench/operate --help}
   */
  public static void main(String[] args) {
    Console.main(console -> run(args, console));
  }

  static int run(String[] args, Console console) {
    return console.run(
        args, OperateOptions.USAGE, () -> measure(OperateOptions.parse(args), console));
  }

  private static Findings measure(OperateOptions options, Console console) {
    Console.requireCommand(options.prefork());
    Machine machine = Machine.describe();
    WorkDirectory directory = console.belongings().keep(WorkDirectory::create);
    Laboratory laboratory =
        new Laboratory(
            options.prefork(), directory.path(), console.belongings(), console::progress);
    console.limitTime(
        options.experiments().stream()
            .map(Experiment::limit)
            .reduce(Duration.ZERO, Duration::plus));
    OperateReport report = new OperateReport(machine);
    for (Experiment experiment : options.experiments()) {
      console.progress("experiment " + experiment.name());
      run(experiment, laboratory, report, console);
    }
    ExitStatus status = report.missed() == 0 ? ExitStatus.OK : ExitStatus.FAILED;
    return new Findings(report.toString(), options.markdown(), status);
  }

  /** One that fails is no reason not to do the others. */
  private static void run(
      Experiment experiment, Laboratory laboratory, OperateReport report, Console console) {
    try {
      report.add(experiment.name(), experiment.run(laboratory));
    } catch (PreforkException e) {
      if (console.belongings().isInterrupted()) {
        throw e;
      }
      console.progress(experiment.name() + " failed: " + e.getMessage());
      report.fail(experiment.name(), String.valueOf(e.getMessage()));
    } finally {
      laboratory.endServers();
    }
  }
}
