package dev.prefork.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** All sides run at once and take their turns under each workload, round by round. */
final class HttpRounds {
  /** For a side that compiles nothing. */
  private static final Duration SHORT = Duration.ofMillis(500);

  private final int clients;
  private final Consumer<String> progress;
  private final List<Running> all = new ArrayList<>();

  private record Running(HttpSide side, RunningServer server) {}

  HttpRounds(int clients, Consumer<String> progress) {
    this.clients = clients;
    this.progress = progress;
  }

  void start(List<HttpSide> sides, Belongings belongings) {
    for (HttpSide side : sides) {
      progress.accept("starting " + side.name());
      all.add(new Running(side, side.start(belongings)));
    }
  }

  void warmUp(Duration eachCompiler) {
    for (Running running : all) {
      progress.accept("warming up " + running.side.name());
      warmUp(running.side, running.server, clients, eachCompiler);
    }
  }

  /**
   * Gives each JVM of a side the same time, a part of it for each workload: what is compiled for
   * one is not for the other. In its first two seconds of 10 KB on kept connections, a JVM that was
   * warm with the short answer made two thirds of its later rate.
   */
  static void warmUp(HttpSide side, RunningServer server, int clients, Duration eachCompiler) {
    List<Workload> workloads =
        Workload.all().stream().filter(workload -> !workload.computes()).toList();
    Duration time =
        side.compilers() == 0
            ? SHORT
            : eachCompiler.multipliedBy(side.compilers()).dividedBy(workloads.size());
    for (Workload workload : workloads) {
      if (side.serves(workload, clients)) {
        var _ = HttpLoad.measure(server.port(), workload, clients, time);
      }
    }
  }

  List<HttpSample> measure(int rounds, Duration window) {
    List<HttpSample> samples = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      for (Workload workload : Workload.all()) {
        for (Running running : Rounds.turns(all, round)) {
          if (running.side.serves(workload, clients)) {
            samples.add(measureOne(running, workload, window));
          }
        }
      }
      progress.accept("round " + (round + 1) + " of " + rounds + " done");
    }
    return samples;
  }

  private HttpSample measureOne(Running running, Workload workload, Duration window) {
    Tally tally = HttpLoad.measure(running.server.port(), workload, clients, window);
    String rate = Figures.rounded(tally.perSecond()) + " requests/s ";
    progress.accept(running.side.name() + ", " + workload.title() + ": " + rate + tally);
    return HttpSample.of(running.side.name(), workload, tally);
  }
}
