package dev.prefork.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** All sides run at once and take their turns under load, round by round. */
final class Rounds {
  static final List<Integer> CLIENTS = List.of(16, 4, 1);

  private final List<RunningServer> servers;
  private final Consumer<String> progress;

  Rounds(List<RunningServer> servers, Consumer<String> progress) {
    this.servers = List.copyOf(servers);
    this.progress = progress;
  }

  void warmUp(Duration each) {
    for (RunningServer server : servers) {
      progress.accept("warming up " + server.side().name());
      var _ = GreetingLoad.measure(server.port(), CLIENTS.getFirst(), each);
    }
  }

  List<Sample> measure(int rounds, Duration window) {
    List<Sample> samples = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      for (int clients : CLIENTS) {
        for (RunningServer server : turns(servers, round)) {
          samples.add(measureOne(server, clients, window));
        }
      }
      progress.accept("round " + (round + 1) + " of " + rounds + " done");
    }
    return samples;
  }

  /** Every round begins with another side: none always follows the same one. */
  static <T> List<T> turns(List<T> sides, int round) {
    List<T> turns = new ArrayList<>(sides);
    Collections.rotate(turns, -round);
    return turns;
  }

  private Sample measureOne(RunningServer server, int clients, Duration window) {
    LoadResult result = GreetingLoad.measure(server.port(), clients, window);
    String side = server.side().name();
    progress.accept(side + ", " + Figures.clients(clients) + ": " + result);
    return Sample.of(side, clients, result, server.workers().size());
  }
}
