package dev.prefork.bench;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import dev.prefork.ServerStatus.SlotLife;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A request that loops for ever among others: its worker is killed in time, and the log says where
 * it was.
 *
 * @param rounds such requests, one after the other
 */
record RequestTimeouts(int rounds) implements Experiment {
  private static final int WORKERS = 8;
  private static final Bar CUT_S = new Bar(3, 4);
  private static final int PATIENCE_MS = 20_000;
  private static final Duration LOAD = Duration.ofSeconds(6);

  /** One such request: when it was cut, and what became of the others meanwhile. */
  record Round(double cutS, int survivors, LoadResult others) {}

  static RequestTimeouts of(boolean quick) {
    return new RequestTimeouts(quick ? 1 : 5);
  }

  @Override
  public String name() {
    return "timeout";
  }

  @Override
  public Duration limit() {
    return Duration.ofMinutes(3).plus(Duration.ofMinutes(rounds));
  }

  @Override
  public List<Finding> run(Laboratory laboratory) {
    OperatedServer server =
        laboratory.paced(
            "timeout",
            Duration.ZERO,
            "--workers",
            Integer.toString(WORKERS),
            "--slow-after",
            "1s",
            "--request-timeout",
            "3s");
    List<Round> all = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      all.add(round(server));
    }
    return findings(all, dumps(server.log()));
  }

  private static Round round(OperatedServer server) {
    Set<Long> before = server.awaitSettled().pids(SlotLife.READY);
    BackgroundLoad others = BackgroundLoad.start(server, WORKERS - 1, LOAD);
    double cutS = loopingRequestS(server.port());
    LoadResult load = others.result();
    Set<Long> after = server.awaitSettled().pids(SlotLife.READY);
    after.retainAll(before);
    return new Round(cutS, after.size(), load);
  }

  /** How long a client waits that asks for a loop. */
  private static double loopingRequestS(int port) {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
      client.setSoTimeout(PATIENCE_MS);
      long askedNs = System.nanoTime();
      String request = PacedHandler.LOOP + "\n";
      client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      awaitEnd(client);
      return (System.nanoTime() - askedNs) / 1e9;
    } catch (IOException e) {
      throw new PreforkException(ExitStatus.FAILED, "the looping request was not cut: " + e);
    }
  }

  private static void awaitEnd(Socket client) throws IOException {
    try {
      var _ = client.getInputStream().read();
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      // reset: that is an end too
    }
  }

  /** How often the log names the loop. */
  static int dumps(String log) {
    String frame = PacedHandler.class.getSimpleName() + ".loopForEver";
    return (int) log.lines().filter(line -> line.contains(frame)).count();
  }

  static List<Finding> findings(List<Round> rounds, int dumps) {
    List<Double> cuts = rounds.stream().map(Round::cutS).toList();
    int survivors = rounds.stream().mapToInt(Round::survivors).min().orElse(0);
    LoadResult others = new LoadResult(LOAD.multipliedBy(rounds.size()));
    rounds.forEach(round -> others.add(round.others));
    int count = rounds.size();
    return List.of(
        new Finding(
            "request to its end, earliest", Statistics.percentile(cuts, 0), "s", CUT_S, count),
        new Finding(
            "request to its end, latest", Statistics.percentile(cuts, 1), "s", CUT_S, count),
        new Finding("dumps in the log that name the loop", dumps, "", Bar.atLeast(count), count),
        others.failed("failed connections of others", 0),
        new Finding(
            "workers unharmed of " + WORKERS + ", fewest",
            survivors,
            "",
            Bar.atLeast(WORKERS - 1),
            count));
  }
}
