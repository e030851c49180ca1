package dev.prefork.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * All figures of a run as text that is Markdown too. Pure.
 *
 * @param machine where
 * @param options what was asked for
 * @param sides who took part
 * @param samples of all rounds
 * @param footprints of those that were measured so
 * @param spawns of those that were measured so
 * @param disturbances of those that were measured so
 * @param failures why some were not, each a bar missed
 */
record HttpReport(
    Machine machine,
    HttpOptions options,
    HttpSides sides,
    List<HttpSample> samples,
    List<Footprint> footprints,
    List<WorkerSpawn> spawns,
    List<Disturbance> disturbances,
    List<String> failures) {

  HttpReport {
    samples = List.copyOf(samples);
    footprints = List.copyOf(footprints);
    spawns = List.copyOf(spawns);
    disturbances = List.copyOf(disturbances);
    failures = List.copyOf(failures);
  }

  private HttpFigures figures() {
    return new HttpFigures(samples);
  }

  private List<Finding> bars() {
    return new HttpBars(sides.all(), figures(), footprints, spawns, disturbances).findings();
  }

  /** How many bars were not met, and what could not be measured. */
  long missed() {
    return failures.size() + bars().stream().filter(Finding::isMissed).count();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("# Benchmark: HTTP\n\n");
    text.append(machine).append(".\n");
    text.append(Figures.clients(options.clients()) + ". Rounds: " + options.rounds() + ", each ");
    text.append(Figures.seconds(options.window()) + " a side, all sides in turn; medians.\n");
    text.append("Absolute figures are this machine's, now: quote the ratios.\n");
    if (!sides.missing().isEmpty()) {
      text.append("Not installed: " + String.join(", ", sides.missing()) + ".\n");
    }
    if (machine.isBusy()) {
      text.append("**The machine was busy before the run began: take none of this as proof.**\n");
    }
    text.append("\nRequests/s; memory in MB, of all processes; lost: failed + idle closes.\n\n");
    text.append(summary());
    if (!samples.isEmpty()) {
      Workload.all().forEach(workload -> appendDetails(text, workload));
    }
    Table bars = new Table("figure", "value", "bar", "met", "samples");
    bars().forEach(finding -> finding.addTo(bars));
    text.append("\n## Bars\n\n").append(bars).append('\n');
    failures.forEach(failure -> text.append(failure + "\n\n"));
    text.append(missed() == 0 ? "All bars are met.\n" : "Bars missed: " + missed() + ".\n");
    return text.toString();
  }

  private Table summary() {
    Table table =
        new Table(
            "side",
            "hello kept",
            "hello once",
            "10 KB kept",
            "10 KB once",
            "5 ms kept",
            "5 ms once",
            "first answer ms",
            "PSS idle",
            "PSS loaded",
            "PSS worker",
            "lost at kill",
            "at replacement");
    for (HttpSide side : sides.all()) {
      List<String> cells = new ArrayList<>(List.of(side.name()));
      for (Workload workload : Workload.all()) {
        cells.add(Figures.rounded(figures().rate(side, workload)));
      }
      cells.addAll(footprint(side));
      cells.addAll(losses(side));
      table.row(cells.toArray(String[]::new));
    }
    return table;
  }

  private List<String> footprint(HttpSide side) {
    return footprints.stream()
        .filter(one -> one.side().equals(side.name()))
        .findFirst()
        .map(one ->
            List.of(
                Figures.rounded(one.readyMs()),
                Figures.rounded(megabytes((double) one.idle().all().pss())),
                Figures.rounded(megabytes((double) one.loaded().all().pss())),
                Figures.rounded(megabytes(one.loaded().medianPss()))))
        .orElse(List.of("-", "-", "-", "-"));
  }

  private List<String> losses(HttpSide side) {
    return disturbances.stream()
        .filter(one -> one.side().equals(side.name()))
        .findFirst()
        .map(one -> List.of(losses(one.atKill()), losses(one.atReplacement())))
        .orElse(List.of("-", "-"));
  }

  private static String losses(Disturbance.Loss loss) {
    return loss.failed() + " + " + loss.idleCloses() + " of " + loss.requests();
  }

  /** Of KiB. */
  static double megabytes(double kib) {
    return kib * 1024 / 1e6;
  }

  private void appendDetails(StringBuilder text, Workload workload) {
    Table table =
        new Table(
            "side", "requests/s", "spread", "to alone", "p50 µs", "p99 µs", "p99.9 µs", "failed");
    for (HttpSide side : sides.all()) {
      List<Double> rates = figures().of(side, workload, HttpSample::rate);
      if (!rates.isEmpty()) {
        table.row(
            side.name(),
            Figures.rounded(Statistics.median(rates)),
            Figures.percent(Statistics.spread(rates)),
            Figures.rounded(toAlone(side, workload), 2),
            Figures.rounded(figures().median(side, workload, HttpSample::p50Us)),
            Figures.rounded(figures().median(side, workload, HttpSample::p99Us)),
            Figures.rounded(figures().median(side, workload, HttpSample::p999Us)),
            Figures.rounded(figures().sum(side, workload, HttpSample::failures)));
      }
    }
    text.append("\n## " + workload.title() + "\n\n").append(table);
  }

  private double toAlone(HttpSide side, Workload workload) {
    return sides.all().stream()
        .filter(one -> one instanceof LoneProgram && one.program().equals(side.program()))
        .mapToDouble(alone -> figures().ratio(side, alone, workload))
        .findFirst()
        .orElse(Double.NaN);
  }

  /** Requests per second of the short answer, a group for each side. */
  BarChart chart() {
    List<Workload> shown = List.of(Workload.HELLO, Workload.HELLO_ONCE);
    BarChart chart = new BarChart("requests/s", shown.stream().map(Workload::title).toList());
    for (HttpSide side : sides.all()) {
      chart.add(side.name(), shown.stream().map(each -> figures().rate(side, each)).toList());
    }
    return chart;
  }
}
