package dev.prefork.cli.doctor;

import dev.prefork.config.Units;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who asked for the stop kills at its own time: the drain must be over by then. */
final class StopTimeoutCheck implements Check {
  /** terminationGracePeriodSeconds, unless the pod says otherwise. */
  private static final Duration KUBERNETES = Duration.ofSeconds(30);

  /** From the last worker's kill to the supervisor's own end. */
  private static final Duration MARGIN = Duration.ofSeconds(2);

  private static final Pattern SPAN = Pattern.compile("(\\d+)(us|ms|s|min|h|d)");

  @Override
  public String name() {
    return "stop-timeout";
  }

  @Override
  public List<Finding> find(Machine machine, Plan plan) {
    Duration needed = plan.stopTimeout().plus(MARGIN);
    if (machine.environment().containsKey("KUBERNETES_SERVICE_HOST")
        && needed.compareTo(KUBERNETES) > 0) {
      return warning(
          "a stop may take "
              + Units.format(needed)
              + ", and Kubernetes kills after "
              + Units.format(KUBERNETES)
              + " unless the pod says otherwise",
          "terminationGracePeriodSeconds: "
              + needed.plusSeconds(5).toSeconds()
              + ", or a smaller --stop-timeout");
    }
    Optional<Duration> systemd =
        unit(machine)
            .flatMap(unit -> machine.unitProperty(unit, "TimeoutStopUSec"))
            .flatMap(StopTimeoutCheck::parse);
    return systemd.isEmpty() || needed.compareTo(systemd.get()) <= 0
        ? List.of()
        : problem(
            "a stop may take "
                + Units.format(needed)
                + ", and systemd kills after "
                + Units.format(systemd.get()),
            "TimeoutStopSec="
                + needed.plusSeconds(5).toSeconds()
                + " in the unit, or a smaller --stop-timeout");
  }

  /** The unit that we were started in, if systemd did it. */
  private static Optional<String> unit(Machine machine) {
    return machine.environment().containsKey("INVOCATION_ID")
        ? Cgroups.unit(machine)
        : Optional.empty();
  }

  /** Reads {@code 1min 30s}; empty for {@code infinity}. */
  private static Optional<Duration> parse(String text) {
    Duration sum = Duration.ZERO;
    for (String part : text.split(" ", -1)) {
      Matcher span = SPAN.matcher(part);
      if (!span.matches()) {
        return Optional.empty();
      }
      long number = Long.parseLong(span.group(1));
      sum =
          sum.plus(
              switch (span.group(2)) {
                case "us" -> Duration.ofNanos(number * 1_000);
                case "ms" -> Duration.ofMillis(number);
                case "s" -> Duration.ofSeconds(number);
                case "min" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                default -> Duration.ofDays(number);
              });
    }
    return Optional.of(sum);
  }
}
