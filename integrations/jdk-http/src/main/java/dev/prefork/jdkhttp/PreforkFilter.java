package dev.prefork.jdkhttp;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import dev.prefork.PreforkWorker;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Tells Prefork of every request: method and path, status, bytes, time; and lets clients close
 * their connections while the worker drains. Stands before all other filters of a context: {@code
 * context.getFilters().addFirst(new PreforkFilter())}. A request lasts until its answer is closed,
 * or its handler returns. In a process that is no worker of Prefork it does nothing.
 */
public final class PreforkFilter extends Filter {
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
    if (worker.draining()) {
      exchange.getResponseHeaders().set("Connection", "close");
    }
    ReportedRequest request = ReportedRequest.begin(worker, exchange);
    boolean returned = false;
    try {
      chain.doFilter(exchange);
      returned = true;
    } finally {
      if (returned) {
        request.returned();
      } else {
        request.failed();
      }
    }
  }
}
