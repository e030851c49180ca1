package dev.prefork.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * A look at a server, one of many.
 *
 * @param atS when, in seconds since the first began
 * @param server what was seen
 */
record Look(double atS, ServerView server) {
  private static final Duration PERIOD = Duration.ofMillis(20);

  /** Looks every 20 ms until it is over. */
  static List<Look> until(BooleanSupplier over, OperatedServer server) {
    long startNs = System.nanoTime();
    List<Look> looks = new ArrayList<>();
    try (Control control = server.control()) {
      do {
        ServerView view = control.status();
        looks.add(new Look((System.nanoTime() - startNs) / 1e9, view));
      } while (Waiting.sleep(PERIOD) && !over.getAsBoolean());
    }
    return looks;
  }

  /** When it was first so, in seconds; NaN if never. */
  static double firstS(List<Look> looks, Predicate<ServerView> wanted) {
    return looks.stream()
        .filter(look -> wanted.test(look.server))
        .mapToDouble(Look::atS)
        .findFirst()
        .orElse(Double.NaN);
  }

  static int fewest(List<Look> looks, ToIntFunction<ServerView> count) {
    return looks.stream().map(Look::server).mapToInt(count).min().orElseThrow();
  }

  static int most(List<Look> looks, ToIntFunction<ServerView> count) {
    return looks.stream().map(Look::server).mapToInt(count).max().orElseThrow();
  }
}
