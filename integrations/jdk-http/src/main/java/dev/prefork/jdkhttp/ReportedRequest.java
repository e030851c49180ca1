package dev.prefork.jdkhttp;

import com.sun.net.httpserver.HttpExchange;
import dev.prefork.PreforkWorker;

/**
 * One request that Prefork is told of. It is over when its answer is closed, told before the
 * connection is free for the next: a worker that shows one request at a time would overlook that
 * one otherwise, and set it no bound. What is never answered is over when its handler returns.
 */
final class ReportedRequest {
  private static final int GONE = 0;
  private static final int FAILED = 500;

  private final HttpExchange exchange;
  private final PreforkWorker.Served served;
  private final CountedInput received;
  private final CountedOutput sent;
  private boolean over;

  private ReportedRequest(HttpExchange exchange, PreforkWorker.Served served) {
    this.exchange = exchange;
    this.served = served;
    this.received = new CountedInput(exchange.getRequestBody());
    this.sent = new CountedOutput(exchange.getResponseBody(), () -> end(GONE));
  }

  /** Tells that it begins, and sees from now on what passes. */
  static ReportedRequest begin(PreforkWorker worker, HttpExchange exchange) {
    // Without the query: it may hold what no log should.
    String label = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    ReportedRequest request =
        new ReportedRequest(exchange, worker.begin(exchange.getRemoteAddress(), label));
    exchange.setStreams(request.received, request.sent);
    return request;
  }

  /** Its handler has returned. */
  void returned() {
    end(GONE);
  }

  /** Its handler has thrown something. */
  void failed() {
    end(FAILED);
  }

  private synchronized void end(int statusIfUnanswered) {
    if (!over) {
      over = true;
      int answered = exchange.getResponseCode(); // negative if there is no answer
      int status = answered > 0 ? answered : statusIfUnanswered;
      served.end(status, received.count(), sent.count());
    }
  }
}
