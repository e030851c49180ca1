package dev.prefork.programs;

import dev.prefork.programs.Client.Answer;
import dev.prefork.testing.Await;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Clients that ask again and again, and count what became of every request. Half of them keep their
 * connections, half open one for each request. Nothing is tried again, but for a request whose
 * connection closed between two answers: these are counted apart.
 */
final class Load implements AutoCloseable {
  /** What became of the requests. */
  record Count(int answered, int idleCloses, Map<String, Integer> failures) {
    int sent() {
      return answered + lost();
    }

    int failed() {
      return failures.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** All that had no answer, those included that a client would ask again. */
    int lost() {
      return failed() + idleCloses;
    }
  }

  private static final int OK = 200;

  /** Workers that start need the processors too. */
  private static final long BREATH_NS = 20_000_000;

  private final Client.Opener opener;
  private final String path;
  private final List<Thread> threads = new ArrayList<>();
  private final Map<String, Integer> failures = new TreeMap<>();
  private final Set<String> bodies = new TreeSet<>();
  private int answered;
  private int idleCloses;
  private volatile boolean stopped;

  private Load(Client.Opener opener, String path) {
    this.opener = opener;
    this.path = path;
  }

  /** Begins, and waits until some have been answered. */
  static Load start(Client.Opener opener, String path, int clients) {
    Load load = new Load(opener, path);
    for (int i = 0; i < clients; i++) {
      boolean keep = i % 2 == 0;
      load.threads.add(
          Thread.ofPlatform().daemon().name("client-" + i).start(() -> load.run(keep)));
    }
    load.awaitRequests(10 * clients);
    return load;
  }

  private void run(boolean keep) {
    Client connection = null;
    while (!stopped) {
      connection = ask(connection, keep);
      LockSupport.parkNanos(BREATH_NS);
    }
    close(connection);
  }

  /** Returns the connection if it can be asked again. */
  private @Nullable Client ask(@Nullable Client kept, boolean keep) {
    Client connection = kept;
    try {
      if (connection == null) {
        connection = opener.open();
      }
      Answer answer = connection.get(path, keep);
      note(answer.body());
      count(answer.status() == OK ? null : "status " + answer.status(), false);
      if (!answer.closing()) {
        return connection;
      }
    } catch (IOException e) {
      boolean timely = !(e instanceof SocketTimeoutException);
      count(e.toString(), timely && connection != null && connection.isBetweenAnswers());
    }
    close(connection);
    return null;
  }

  private synchronized void note(String body) {
    bodies.add(body);
  }

  /** What has been answered, once each: most programs answer with their process ids. */
  synchronized Set<String> bodies() {
    return new TreeSet<>(bodies);
  }

  private synchronized void count(@Nullable String failure, boolean idle) {
    if (failure == null) {
      answered++;
    } else if (idle) {
      idleCloses++;
    } else {
      failures.merge(failure, 1, Integer::sum);
    }
  }

  private static void close(@Nullable Client connection) {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (IOException e) {
      throw new AssertionError("a client's socket can be closed", e);
    }
  }

  synchronized Count count() {
    return new Count(answered, idleCloses, new TreeMap<>(failures));
  }

  /** Waits until so many have been sent in all. */
  void awaitRequests(int sent) {
    Await.until(sent + " requests", Await.BOUND.multipliedBy(20), () -> count().sent() >= sent);
  }

  /** Waits until so many more have been sent. */
  void awaitMore(int more) {
    awaitRequests(count().sent() + more);
  }

  /** Stops, and waits for the last answers. */
  @Override
  public void close() {
    stopped = true;
    for (Thread thread : threads) {
      Await.until(
          thread.getName() + " to end", Await.BOUND.multipliedBy(2), () -> !thread.isAlive());
    }
  }
}
