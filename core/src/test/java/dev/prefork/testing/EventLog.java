package dev.prefork.testing;

import dev.prefork.ServerEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Keeps what a server tells. */
public final class EventLog implements Consumer<ServerEvent> {
  private final List<ServerEvent> events = new ArrayList<>();

  /** Starts empty. */
  public EventLog() {}

  @Override
  public synchronized void accept(ServerEvent event) {
    events.add(event);
  }

  /** All events until now. */
  public synchronized List<ServerEvent> all() {
    return List.copyOf(events);
  }

  /** All events of one kind until now. */
  public <T extends ServerEvent> List<T> all(Class<T> kind) {
    return all().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** The lines of all workers until now. */
  public String output() {
    return all(ServerEvent.WorkerOutput.class).stream()
        .map(event -> event.worker() + ": " + event.line())
        .collect(Collectors.joining("\n"));
  }

  /** Waits for an event of a kind. */
  public <T extends ServerEvent> T await(Class<T> kind, Predicate<T> wanted) {
    Await.until(
        "an event " + kind.getSimpleName() + "; there were " + all(),
        () -> all(kind).stream().anyMatch(wanted));
    return all(kind).stream().filter(wanted).findFirst().orElseThrow();
  }
}
