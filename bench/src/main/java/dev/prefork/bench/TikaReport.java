package dev.prefork.bench;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * The comparison as text that is Markdown too, and its chart. Pure.
 *
 * @param machine where
 * @param options what was asked for
 * @param sides what became of the corpus; the first side is this project's, and has the bars
 */
record TikaReport(Machine machine, TikaOptions options, List<CorpusFigures> sides) {
  /** What is asked of text extraction that goes on beside bad documents. */
  static final Bar EXTRACTED_PERCENT = Bar.atLeast(99.9);

  /** A service that is never absent refuses nobody, and asks nobody to come again. */
  static final Bar TURNED_AWAY_S = Bar.atMost(0);

  /** A queue that nobody takes from is no service either. */
  static final Bar FEWEST_WORKERS = Bar.atLeast(1);

  private static final Duration LATE = Duration.ofSeconds(2);

  TikaReport {
    sides = List.copyOf(sides);
  }

  boolean isMissed() {
    CorpusFigures ours = sides.getFirst();
    return !EXTRACTED_PERCENT.isMetBy(ours.extractedPercent())
        || !TURNED_AWAY_S.isMetBy(ours.turnedAwayS())
        || !FEWEST_WORKERS.isMetBy(ours.fewestWorkers());
  }

  String chart() {
    return new LineChart(
            "Good documents answered in each second, 2 % of all documents poison",
            "seconds",
            sides.stream().map(side -> new LineChart.Line(side.side(), side.eachSecond())).toList())
        .toString();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("# Text extraction beside bad documents\n\n");
    text.append(machine).append(".\n");
    text.append(options.documents() + " documents, one in " + Corpus.ONE_POISON_IN + " poison; ");
    text.append(Figures.clients(TikaMain.CLIENTS) + ", each document sent once; ");
    text.append("a document may take " + Figures.seconds(options.timeout()) + ".\n");
    if (machine.isBusy()) {
      text.append("**The machine was busy before the run began: take none of this as proof.**\n");
    }
    text.append('\n').append(table()).append('\n');
    text.append(isMissed() ? "A bar is missed.\n" : "All bars are met.\n");
    return text.toString();
  }

  private Table table() {
    String[] headings = new String[sides.size() + 2];
    headings[0] = "figure";
    headings[1] = "bar";
    for (int i = 0; i < sides.size(); i++) {
      headings[i + 2] = sides.get(i).side();
    }
    Table table = new Table(headings);
    Bar none = Bar.NONE;
    row(table, "good documents", none, side -> Integer.toString(side.good()));
    row(table, "lost at first try", none, side -> Integer.toString(side.lost()));
    row(
        table,
        "extracted at first try, %",
        EXTRACTED_PERCENT,
        side -> Figures.rounded(side.extractedPercent(), 2));
    String late = "extracted after more than " + Figures.seconds(LATE);
    row(table, late, none, side -> Integer.toString(side.late(LATE)));
    row(table, "median, s", none, side -> Figures.rounded(side.percentileS(0.5), 3));
    row(table, "99th percentile, s", none, side -> Figures.rounded(side.percentileS(0.99), 3));
    row(table, "longest of all, poison too, s", none, side -> Figures.rounded(side.longestS(), 1));
    row(table, "good documents/minute", none, side -> Figures.rounded(side.perMinute()));
    row(
        table,
        "clients were turned away for, s",
        TURNED_AWAY_S,
        side -> Figures.rounded(side.turnedAwayS(), 1));
    row(
        table,
        "fewest workers that accepted",
        FEWEST_WORKERS,
        side -> Figures.rounded(side.fewestWorkers()));
    row(
        table,
        "longest time without a good answer, s",
        none,
        side -> Figures.rounded(side.longestSilenceS(), 2));
    row(table, "processes replaced", none, side -> Long.toString(side.replaced()));
    return table;
  }

  private void row(Table table, String figure, Bar bar, Function<CorpusFigures, String> cell) {
    String[] cells = new String[sides.size() + 2];
    cells[0] = figure;
    cells[1] = bar.toString();
    for (int i = 0; i < sides.size(); i++) {
      cells[i + 2] = cell.apply(sides.get(i));
    }
    table.row(cells);
  }
}
