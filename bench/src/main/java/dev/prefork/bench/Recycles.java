package dev.prefork.bench;

import java.time.Duration;
import java.util.List;

/**
 * Workers that are replaced after some requests, under load.
 *
 * @param load for how long
 */
record Recycles(Duration load) implements Experiment {
  private static final int WORKERS = 8;
  private static final int CLIENTS = 16;
  private static final String MOST_REQUESTS = "200";

  static Recycles of(boolean quick) {
    return new Recycles(Duration.ofSeconds(quick ? 10 : 60));
  }

  @Override
  public String name() {
    return "recycle";
  }

  @Override
  public Duration limit() {
    return Duration.ofMinutes(4).plus(load);
  }

  @Override
  public List<Finding> run(Laboratory laboratory) {
    OperatedServer server =
        laboratory.demo(
            "recycle", "--workers", Integer.toString(WORKERS), "--max-requests", MOST_REQUESTS);
    long spawnedBefore = server.awaitSettled().spawned();
    BackgroundLoad clients = BackgroundLoad.start(server, CLIENTS, load);
    List<Look> looks = Look.until(clients::isOver, server);
    LoadResult result = clients.result();
    long spawned = server.status().spawned() - spawnedBefore;
    return findings(result, looks, spawned);
  }

  static List<Finding> findings(LoadResult load, List<Look> looks, long spawned) {
    return List.of(
        load.failed(),
        new Finding(
            "fewest workers of " + WORKERS + " accepting",
            Look.fewest(looks, ServerView::accepting),
            "",
            Bar.atLeast(WORKERS - 1),
            looks.size()),
        new Finding("workers spawned", spawned, "", Bar.NONE, 1));
  }
}
