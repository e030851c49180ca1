package dev.prefork.bench;

import java.time.Duration;
import java.util.List;

/** Something that is done to a running server, and what is seen of it meanwhile. */
sealed interface Experiment
    permits SpareTakeover,
        StatusAnswers,
        PoolGrowth,
        RequestTimeouts,
        Recycles,
        Soak,
        AccessLogCost {
  /** As {@code --only} takes it. */
  String name();

  /** No run of it takes longer, unless it hangs. */
  Duration limit();

  /** Does it, with servers of its own, which the laboratory ends afterwards. */
  List<Finding> run(Laboratory laboratory);

  /** All of them, in the order of their turns. */
  static List<Experiment> all(boolean quick, Duration soak) {
    return List.of(
        SpareTakeover.of(quick),
        StatusAnswers.of(quick),
        PoolGrowth.of(quick),
        RequestTimeouts.of(quick),
        Recycles.of(quick),
        Soak.of(quick, soak),
        AccessLogCost.of(quick));
  }
}
