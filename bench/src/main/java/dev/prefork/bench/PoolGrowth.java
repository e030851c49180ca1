package dev.prefork.bench;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * How a pool of 1 to 12 workers follows the load of requests that take a second each.
 *
 * @param load for how long the few clients come
 * @param spike for how long the many do
 */
record PoolGrowth(Duration load, Duration spike) implements Experiment {
  private static final int MOST_WORKERS = 12;
  private static final int CLIENTS = 6;
  private static final int SPIKE_CLIENTS = 64;
  private static final double MOST_SECONDS = 5;
  private static final Duration REQUEST = Duration.ofSeconds(1);

  static PoolGrowth of(boolean quick) {
    return quick
        ? new PoolGrowth(Duration.ofSeconds(8), Duration.ofSeconds(5))
        : new PoolGrowth(Duration.ofSeconds(20), Duration.ofSeconds(30));
  }

  @Override
  public String name() {
    return "pool";
  }

  @Override
  public Duration limit() {
    return Duration.ofMinutes(5).plus(load).plus(spike);
  }

  @Override
  public List<Finding> run(Laboratory laboratory) {
    OperatedServer server =
        laboratory.paced(
            "pool",
            REQUEST,
            "--min-workers",
            "1",
            "--workers",
            "1",
            "--max-workers",
            Integer.toString(MOST_WORKERS),
            "--backlog",
            "128");
    ServerView rest = server.awaitSettled();
    BackgroundLoad few = BackgroundLoad.start(server, CLIENTS, load);
    List<Look> growing = Look.until(few::isOver, server);
    long goneNs = System.nanoTime();
    var _ = server.await("shrunk to one worker", PoolGrowth::isSmall);
    double shrinkS = (System.nanoTime() - goneNs) / 1e9;
    BackgroundLoad many = BackgroundLoad.start(server, SPIKE_CLIENTS, spike);
    List<Look> spiking = Look.until(many::isOver, server);
    LoadResult both = few.result();
    both.add(many.result());
    return List.of(
        growth(growing),
        new Finding("back to 1 after they went", shrinkS, "s", Bar.NONE, 1),
        mostLive(spiking, MOST_WORKERS + rest.spares()),
        both.failed());
  }

  static Finding growth(List<Look> looks) {
    Predicate<ServerView> allServed = view -> view.busy() >= CLIENTS;
    double seconds = Look.firstS(looks, allServed);
    return new Finding(
        "until 6 of 6 clients are served", seconds, "s", Bar.atMost(MOST_SECONDS), 1);
  }

  private static boolean isSmall(ServerView view) {
    return view.wanted() == 1 && view.accepting() == 1 && view.isSettled();
  }

  static Finding mostLive(List<Look> looks, int most) {
    return new Finding(
        "most live workers of 12 and a spare, " + SPIKE_CLIENTS + " clients",
        Look.most(looks, ServerView::live),
        "",
        Bar.atMost(most),
        looks.size());
  }
}
