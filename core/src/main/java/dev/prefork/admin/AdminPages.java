package dev.prefork.admin;

import dev.prefork.ServerHistory.Second;
import dev.prefork.control.DeathJson;
import dev.prefork.json.JsonWriter;
import dev.prefork.monitor.HistoryJson;
import dev.prefork.monitor.SnapshotJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the admin listener shows: docs/ADMIN.md describes it. Nothing here changes anything. */
final class AdminPages {
  /** A loop that is alive takes microseconds; probes usually wait one second. */
  private static final Duration ALIVE = Duration.ofMillis(900);

  private static final String SINCE = "since=";

  private final AdminView view;
  private final HostCheck hosts;

  AdminPages(AdminView view, HostCheck hosts) {
    this.view = view;
    this.hosts = hosts;
  }

  HttpResponse answer(HttpRequest request) throws HttpRefusal {
    if (!hosts.allows(request.host())) {
      return HttpResponse.text(
          421, "this listener has no such name; use its address, or name it in --admin");
    }
    if (!request.reads()) {
      return HttpResponse.text(405, "nothing can be changed here");
    }
    return switch (request.path()) {
      case "/" -> resource("page.html", "text/html; charset=utf-8");
      case "/page.css" -> resource("page.css", "text/css; charset=utf-8");
      case "/page.js" -> resource("page.js", "text/javascript; charset=utf-8");
      case "/livez" -> live();
      case "/readyz" -> ready();
      case "/metrics" -> metrics(request.accept());
      case "/status" -> status();
      case "/history" -> history(request.query());
      case "/deaths" -> deaths();
      default -> HttpResponse.text(404, "there is no such page");
    };
  }

  private HttpResponse live() {
    return view.answers(ALIVE)
        ? HttpResponse.text(200, "ok")
        : HttpResponse.text(
            503, "the supervisor's loop did not answer within " + ALIVE.toMillis() + " ms");
  }

  private HttpResponse ready() {
    String obstacle = Readiness.obstacle(view.snapshot());
    return obstacle.isEmpty() ? HttpResponse.text(200, "ok") : HttpResponse.text(503, obstacle);
  }

  private HttpResponse metrics(String accept) {
    MetricsFormat format = MetricsFormat.wanted(accept);
    return HttpResponse.of(200, format.contentType(), MetricsPage.write(view, format));
  }

  private HttpResponse status() {
    JsonWriter json = new JsonWriter();
    SnapshotJson.write(json, view.snapshot());
    return json(json);
  }

  private HttpResponse history(String query) throws HttpRefusal {
    Instant since = since(query);
    List<Second> seconds = view.history().seconds();
    JsonWriter json = new JsonWriter();
    HistoryJson.write(
        json,
        since == null
            ? seconds
            : seconds.stream().filter(second -> second.time().isAfter(since)).toList());
    return json(json);
  }

  private static @Nullable Instant since(String query) throws HttpRefusal {
    if (query.isEmpty()) {
      return null;
    }
    try {
      if (query.startsWith(SINCE)) {
        return Instant.parse(query.substring(SINCE.length()));
      }
    } catch (DateTimeParseException e) {
      // refused below
    }
    throw new HttpRefusal(400, "the query must be since=TIME, such as 2026-01-31T12:00:00.000Z");
  }

  private HttpResponse deaths() {
    JsonWriter json = new JsonWriter();
    json.beginObject().field("version", 1).name("deaths").beginArray();
    view.deaths().forEach(death -> DeathJson.write(json, death));
    json.endArray().endObject();
    return json(json);
  }

  private static HttpResponse json(JsonWriter json) {
    return HttpResponse.of(200, HttpResponse.JSON, json + "\n");
  }

  private static HttpResponse resource(String name, String type) {
    try (InputStream in = AdminPages.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new AssertionError(name + " is missing from the jar"); // cannot happen
      }
      return new HttpResponse(200, type, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
