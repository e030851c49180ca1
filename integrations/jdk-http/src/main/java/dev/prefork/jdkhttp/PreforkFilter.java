package dev.prefork.jdkhttp;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import dev.prefork.PreforkWorker;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Tells Prefork of every request: method and path, status, bytes, time; and lets clients close
 * their connections while the worker drains. Stands before all other filters of a context: {@code
 * context.getFilters().addFirst(new PreforkFilter())}. A request lasts until its handler returns.
 * In a process that is no worker of Prefork it does nothing.
 */
public final class PreforkFilter extends Filter {
  private static final int GONE = 0;
  private static final int FAILED = 500;

  private final @Nullable PreforkWorker worker;

  /** Reports to this process's worker, if it is one. */
  public PreforkFilter() {
    this(PreforkWorker.current().orElse(null));
  }

  PreforkFilter(@Nullable PreforkWorker worker) {
    this.worker = worker;
  }

  @Override
  public String description() {
    return "Tells Prefork what is served";
  }

  @Override
  public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
    if (worker == null) {
      chain.doFilter(exchange);
    } else {
      report(worker, exchange, chain);
    }
  }

  private static void report(PreforkWorker worker, HttpExchange exchange, Chain chain)
      throws IOException {
    // Without the query: it may hold what no log should.
    String label = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    if (worker.draining()) {
      exchange.getResponseHeaders().set("Connection", "close");
    }
    CountedInput received = new CountedInput(exchange.getRequestBody());
    CountedOutput sent = new CountedOutput(exchange.getResponseBody());
    exchange.setStreams(received, sent);
    PreforkWorker.Served served = worker.begin(exchange.getRemoteAddress(), label);
    int unanswered = FAILED;
    try {
      chain.doFilter(exchange);
      unanswered = GONE;
    } finally {
      int answered = exchange.getResponseCode(); // negative if there is no answer
      served.end(answered > 0 ? answered : unanswered, received.count(), sent.count());
    }
  }
}
