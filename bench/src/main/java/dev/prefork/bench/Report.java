package dev.prefork.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * All figures of a run as text that is Markdown too. Pure.
 *
 * @param machine where
 * @param options what was asked for
 * @param samples of all rounds
 * @param footprints one a side; the first is the side that the others are compared with
 * @param replacements one for each server that was measured so
 */
record Report(
    Machine machine,
    BenchOptions options,
    List<Sample> samples,
    List<Footprint> footprints,
    List<Replacement> replacements) {
  private static final double NOISY = 0.15;

  Report {
    samples = List.copyOf(samples);
    footprints = List.copyOf(footprints);
    replacements = List.copyOf(replacements);
  }

  private String reference() {
    return footprints.getFirst().side();
  }

  private List<String> sides() {
    return footprints.stream().map(Footprint::side).toList();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("# Benchmark: the greeting protocol\n\n");
    text.append(machine).append(".\n");
    text.append("Rounds: " + options.rounds() + ", each " + Figures.seconds(options.window()));
    text.append(" a side, all sides in turn; medians over the rounds.\n");
    text.append("Absolute figures are this machine's, now: quote the ratios.\n");
    if (machine.isBusy()) {
      text.append("**The machine was busy before the run began: take none of this as proof.**\n");
    }
    text.append("\n## Load\n\nLatency in µs; a worker's share in parts of the mean.\n");
    for (int clients : Rounds.CLIENTS) {
      text.append("\n" + Figures.clients(clients) + ":\n\n");
      text.append(loadTable(clients));
    }
    appendDoubts(text);
    text.append("\n## Start and replacement\n\nMilliseconds, medians.\n\n").append(startTable());
    text.append("\n## Memory\n\nMiB; each side measured alone.\n\n").append(memoryTable());
    return text.toString();
  }

  private Table loadTable(int clients) {
    Table table =
        new Table(
            "side",
            "conn/s",
            "spread",
            "to " + reference(),
            "p50",
            "p99",
            "p99.9",
            "least share",
            "most share",
            "failed");
    List<Double> referenceRates = figures(reference(), clients, Sample::rate);
    for (String side : sides()) {
      List<Double> rates = figures(side, clients, Sample::rate);
      table.row(
          side,
          Figures.rounded(Statistics.median(rates)),
          Figures.percent(Statistics.spread(rates)),
          Figures.rounded(Statistics.medianRatio(rates, referenceRates), 2),
          Figures.rounded(median(side, clients, Sample::p50Us)),
          Figures.rounded(median(side, clients, Sample::p99Us)),
          Figures.rounded(median(side, clients, Sample::p999Us)),
          Figures.rounded(median(side, clients, Sample::leastShare), 2),
          Figures.rounded(median(side, clients, Sample::mostShare), 2),
          Figures.rounded(sum(figures(side, clients, Sample::failures))));
    }
    return table;
  }

  private List<Double> figures(String side, int clients, ToDoubleFunction<Sample> figure) {
    return Sample.figures(samples, side, clients, figure);
  }

  private double median(String side, int clients, ToDoubleFunction<Sample> figure) {
    return Statistics.median(figures(side, clients, figure));
  }

  private static double sum(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).sum();
  }

  private void appendDoubts(StringBuilder text) {
    List<String> doubtful = new ArrayList<>();
    for (int clients : Rounds.CLIENTS) {
      for (String side : sides()) {
        double spread = Statistics.spread(figures(side, clients, Sample::rate));
        if (spread > NOISY) {
          doubtful.add(side + " (" + Figures.clients(clients) + ")");
        }
      }
    }
    if (!doubtful.isEmpty()) {
      text.append("\nThe rounds differ by more than " + Figures.percent(NOISY) + " for ");
      text.append(String.join(", ", doubtful));
      text.append(": run again, on a quieter machine or with more rounds.\n");
    }
  }

  private Table startTable() {
    Table table =
        new Table("side", "command to ready", "worker spawn to ready", "kill -9 to replaced");
    for (Footprint footprint : footprints) {
      Replacement replacement =
          replacements.stream()
              .filter(one -> one.side().equals(footprint.side()))
              .findFirst()
              .orElse(new Replacement(footprint.side(), List.of(), List.of()));
      table.row(
          footprint.side(),
          Figures.rounded(footprint.readyMs(), 1),
          Figures.rounded(Statistics.median(replacement.spawnToReadyMs()), 1),
          Figures.rounded(Statistics.median(replacement.killToReadyMs()), 1));
    }
    return table;
  }

  private Table memoryTable() {
    Table table =
        new Table(
            "side",
            "when",
            "worker PSS",
            "worker private",
            "parent PSS",
            "parent private",
            "all PSS",
            "all private");
    for (Footprint footprint : footprints) {
      memoryRow(table, footprint.side(), "idle", footprint.idle());
      memoryRow(table, footprint.side(), "after load", footprint.loaded());
    }
    return table;
  }

  private static void memoryRow(Table table, String side, String when, MemoryUse use) {
    table.row(
        side,
        when,
        mib(use.medianPss()),
        mib(use.medianUnshared()),
        mib((double) use.parent().pss()),
        mib((double) use.parent().unshared()),
        mib((double) use.all().pss()),
        mib((double) use.all().unshared()));
  }

  private static String mib(double kib) {
    return Figures.rounded(kib / 1024.0, 1);
  }
}
