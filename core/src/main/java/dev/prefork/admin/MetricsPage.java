package dev.prefork.admin;

import dev.prefork.ServerHistory.Second;
import dev.prefork.ServerSnapshot;
import dev.prefork.ServerSnapshot.Listening;
import dev.prefork.ServerSnapshot.Worker;
import dev.prefork.ServerStatus.Phase;
import dev.prefork.ServerStatus.SlotLife;
import dev.prefork.WorkerDeath;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;

/** The metrics of a server: docs/ADMIN.md lists them. */
final class MetricsPage {
  private final AdminView view;
  private final ServerSnapshot server;
  private final MetricsWriter out;

  private MetricsPage(AdminView view, MetricsFormat format) {
    this.view = view;
    this.server = view.snapshot();
    this.out = new MetricsWriter(format);
  }

  static String write(AdminView view, MetricsFormat format) {
    MetricsPage page = new MetricsPage(view, format);
    page.identity();
    page.pool();
    page.load();
    page.totals();
    page.queues();
    page.lives();
    page.memory();
    page.programs();
    return page.out.end();
  }

  private void identity() {
    String version = MetricsPage.class.getPackage().getImplementationVersion();
    var _ =
        out.info(
            "prefork_build",
            "The program that serves.",
            "version",
            Objects.requireNonNullElse(version, "unknown"),
            "java",
            Runtime.version().toString());
    var _ =
        out.gauge("prefork_start_time_seconds", "seconds", "When the server started, since 1970.")
            .sample(millis(server.started().toEpochMilli()));
    long uptimeMs = server.started().until(server.time(), ChronoUnit.MILLIS);
    var _ =
        out.gauge("prefork_uptime_seconds", "seconds", "For how long the server has been running.")
            .sample(millis(uptimeMs));
    var _ = out.gauge("prefork_phase", "", "1 for the phase that the server is in.");
    for (Phase phase : Phase.values()) {
      var _ = out.sample(phase == server.phase() ? 1 : 0, "phase", word(phase));
    }
    int generation =
        server.workers().stream()
            .mapToInt(worker -> worker.identity().generation())
            .max()
            .orElse(0);
    var _ =
        out.gauge("prefork_generation", "", "The newest generation of workers.").sample(generation);
  }

  private void pool() {
    Map<SlotLife, Integer> counts = new EnumMap<>(SlotLife.class);
    server.workers().forEach(worker -> counts.merge(worker.life(), 1, Integer::sum));
    var _ = out.gauge("prefork_workers", "", "Slots by what their worker is about.");
    for (SlotLife life : SlotLife.values()) {
      if (life != SlotLife.EMPTY) {
        var _ = out.sample(counts.getOrDefault(life, 0), "state", word(life));
      }
    }
    var _ =
        out.gauge("prefork_workers_wanted", "", "How many workers the server is to have now.")
            .sample(server.pool().wanted());
    var _ =
        out.gauge("prefork_workers_min", "", "The fewest, unless somebody asks for fewer.")
            .sample(server.pool().min());
    var _ = out.gauge("prefork_workers_max", "", "The most.").sample(server.pool().max());
    var _ =
        out.gauge("prefork_spares_wanted", "", "Ready workers beside them that do not accept yet.")
            .sample(server.pool().spares());
  }

  private void load() {
    int capacity = server.accepting() * server.concurrency();
    var _ =
        out.gauge("prefork_requests_in_progress", "", "Requests that are being served.")
            .sample(server.busy());
    var _ =
        out.gauge("prefork_requests_capacity", "", "Requests that can be served at a time.")
            .sample(capacity);
    double saturation = capacity == 0 ? 1 : (double) server.busy() / capacity;
    var _ =
        out.gauge(
                "prefork_saturation_ratio",
                "ratio",
                "Requests being served, of those that could be; 1 without a worker that accepts.")
            .sample(String.format(Locale.ROOT, "%.4f", saturation));
  }

  private void totals() {
    var served = server.totals();
    var _ = total("prefork_connections", "", "Connections accepted.", served.connections());
    var _ = total("prefork_requests", "", "Requests served.", served.requests());
    var _ = total("prefork_errors", "", "Connections whose handler failed.", served.errors());
    var _ = total("prefork_received_bytes", "bytes", "Bytes from clients.", served.bytesIn());
    var _ = total("prefork_sent_bytes", "bytes", "Bytes to clients.", served.bytesOut());
    var _ =
        out.counter("prefork_busy_seconds", "seconds", "Time with a request, of all lanes.")
            .sample(seconds(served.busy()));
    var _ =
        out.histogram(
            "prefork_request_duration_seconds",
            "How long requests took, from accept to the last byte.",
            view.requestTimes());
  }

  private MetricsWriter total(String name, String unit, String help, long value) {
    return out.counter(name, unit, help).sample(value);
  }

  private void queues() {
    List<Listening> known =
        server.listeners().stream().filter(listener -> listener.queued() >= 0).toList();
    if (!known.isEmpty()) {
      var _ = out.gauge("prefork_queue_length", "", "Connections that no worker has accepted yet.");
      known.forEach(each -> out.sample(each.queued(), "listener", each.address()));
      var _ = out.gauge("prefork_queue_limit", "", "The most connections that the kernel queues.");
      known.forEach(each -> out.sample(each.limit(), "listener", each.address()));
    }
    List<Second> seconds = view.history().seconds();
    long waitNs = seconds.isEmpty() ? -1 : seconds.getLast().queueWaitEstimateNs();
    if (waitNs >= 0) {
      var _ =
          out.gauge(
                  "prefork_queue_wait_estimate_seconds",
                  "seconds",
                  "About how long a connection waits in a queue: its length by the rate of accepts.")
              .sample(MetricsWriter.seconds(waitNs));
    }
  }

  private void lives() {
    var _ = total("prefork_worker_spawns", "", "Workers spawned.", server.spawned());
    var _ =
        total(
            "prefork_worker_unexpected_deaths",
            "",
            "Workers that ended without being asked to.",
            server.deaths());
    Map<WorkerDeath.Cause, Long> causes = view.deathsByCause();
    var _ = out.counter("prefork_worker_deaths", "", "Workers that ended, by cause.");
    for (WorkerDeath.Cause cause : WorkerDeath.Cause.values()) {
      var _ = out.sample(causes.getOrDefault(cause, 0L), "cause", word(cause));
    }
    var _ =
        out.histogram(
            "prefork_worker_start_seconds",
            "How long workers took from spawn to ready.",
            view.startTimes());
  }

  private void memory() {
    var _ =
        out.gauge(
            "prefork_worker_resident_bytes",
            "bytes",
            "A worker's memory, pages included that it shares with others.");
    ofWorkers(Worker::residentBytes);
    var _ =
        out.gauge(
            "prefork_worker_proportional_bytes",
            "bytes",
            "A worker's memory, shared pages divided among their users; read of large ones only.");
    ofWorkers(Worker::proportionalBytes);
  }

  private void programs() {
    var _ =
        out.gauge(
            "prefork_worker_open_connections",
            "",
            "Connections that an unchanged program has accepted and not closed yet.");
    ofWorkers(Worker::openConnections);
    var _ =
        out.gauge(
            "prefork_worker_asking_connections",
            "",
            "Connections of an unchanged program that wait for an answer: their last bytes came in.");
    ofWorkers(Worker::askingConnections);
    var _ =
        out.counter(
            "prefork_worker_accepts_in_vain",
            "",
            "Accepts of an unchanged program that found nothing: another worker was quicker.");
    ofWorkers(Worker::acceptsInVain);
  }

  private void ofWorkers(ToLongFunction<Worker> column) {
    for (Worker worker : server.workers()) {
      long value = column.applyAsLong(worker);
      if (value > 0) {
        var _ = out.sample(value, "slot", Integer.toString(worker.identity().slot()));
      }
    }
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String seconds(Duration duration) {
    return MetricsWriter.seconds(duration.toNanos());
  }

  private static String millis(long ms) {
    return seconds(Duration.ofMillis(ms));
  }
}
