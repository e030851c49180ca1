package dev.prefork.bench;

import dev.prefork.ExitStatus;
import dev.prefork.bench.Console.Findings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares three ways to survive bad documents: what {@code bench/tika} runs. */
public final class TikaMain {
  static final int CLIENTS = 16;

  private static final int PROCESSES = 8;

  /** Every process has parsed documents of all kinds before anything is measured. */
  private static final int WARM_UP = 400;

  private static final long CORPUS_SEED = 1978;
  private static final long WARM_UP_SEED = 2004;

  /** More than a document of a run takes on a slow machine, all that are killed included. */
  private static final Duration SLOWEST_DOCUMENT = Duration.ofMillis(300);

  private TikaMain() {}

  /**
   * Runs all sides, one after the other; prints the report on standard output, progress on standard
   * error.
   *
   * @param args see {@code bench/tika --help}
   */
  public static void main(String[] args) {
    Console.main(console -> run(args, console));
  }

  static int run(String[] args, Console console) {
    return console.run(args, TikaOptions.USAGE, () -> measure(TikaOptions.parse(args), console));
  }

  private static Findings measure(TikaOptions options, Console console) {
    Console.requireCommand(options.prefork());
    options.requireProgram();
    Machine machine = Machine.describe();
    Path directory = console.belongings().keep(WorkDirectory::create).path();
    console.limitTime(
        Duration.ofMinutes(5).plus(SLOWEST_DOCUMENT.multipliedBy(3L * options.documents())));
    TikaPool pool = new TikaPool(options.program(), PROCESSES, options.timeout(), directory);
    List<Document> corpus = Corpus.of(options.documents(), CORPUS_SEED);
    List<CorpusFigures> figures = new ArrayList<>();
    List<TikaSide> sides =
        List.of(
            new PreforkTika(options.prefork(), pool), new PipesTika(pool), new ServerTika(pool));
    for (TikaSide side : sides) {
      figures.add(measure(side, corpus, console));
    }
    TikaReport report = new TikaReport(machine, options, figures);
    options.chart().ifPresent(file -> Console.write(file, report.chart()));
    ExitStatus status = report.isMissed() ? ExitStatus.FAILED : ExitStatus.OK;
    return new Findings(report.toString(), options.markdown(), status);
  }

  private static CorpusFigures measure(TikaSide side, List<Document> corpus, Console console) {
    console.progress(side.name() + ": starting");
    TikaSide.Running running = side.start(console.belongings());
    console.progress(side.name() + ": warming up");
    List<Document> good = Corpus.good(WARM_UP, WARM_UP_SEED);
    var _ = CorpusClients.send(good, running.port(), CLIENTS, side.turnsAway());
    long before = running.replaced().getAsLong();
    console.progress(side.name() + ": " + corpus.size() + " documents");
    Optional<FewestWorkers> fewest = running.accepting().map(FewestWorkers::watching);
    List<Extraction> extractions =
        CorpusClients.send(corpus, running.port(), CLIENTS, side.turnsAway());
    double fewestWorkers =
        fewest.map(FewestWorkers::end).map(Integer::doubleValue).orElse(Double.NaN);
    long replaced = running.replaced().getAsLong() - before;
    console.belongings().end(running.process());
    return new CorpusFigures(side.name(), extractions, replaced, fewestWorkers);
  }
}
