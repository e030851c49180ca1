package dev.prefork.examples.tika;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.prefork.examples.tika.Extraction.UnavailableException;
import dev.prefork.examples.tika.Extraction.UnreadableException;
import dev.prefork.jdkhttp.PreforkFilter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/** {@code PUT /tika} with a document is answered by its text, on 127.0.0.1. */
final class ExtractionServer {
  /** How many connections may wait to be accepted; a worker shares the queue of its supervisor. */
  private static final int BACKLOG = 128;

  private static final int LARGEST_DOCUMENT = 32 << 20;

  /** For documents that are being parsed when the process is to go, be it by one that exits. */
  private static final int GRACE_S = 2;

  private static final int OK = 200;
  private static final int NOT_ALLOWED = 405;
  private static final int TOO_LARGE = 413;
  private static final int UNPROCESSABLE = 422;
  private static final int UNAVAILABLE = 503;

  private final Extraction extraction;
  private final HttpServer server;

  /**
   * Binds, and serves nobody yet.
   *
   * @param port 0 for a free one
   */
  ExtractionServer(int port, Extraction extraction) throws IOException {
    this.extraction = extraction;
    server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/tika", this::extract).getFilters().add(new PreforkFilter());
  }

  /** Serves until the process is told to go, and says where. */
  void start() {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> server.stop(GRACE_S)));
    server.start();
    System.out.println("listening on 127.0.0.1:" + port());
  }

  int port() {
    return server.getAddress().getPort();
  }

  void stop() {
    server.stop(0);
  }

  private void extract(HttpExchange exchange) throws IOException {
    try (exchange) { // whatever happens: a client must not wait for an answer that never comes
      byte[] document = exchange.getRequestBody().readNBytes(LARGEST_DOCUMENT + 1);
      if (!exchange.getRequestMethod().equals("PUT")) {
        answer(exchange, NOT_ALLOWED, "PUT a document here");
      } else if (document.length > LARGEST_DOCUMENT) {
        answer(exchange, TOO_LARGE, "a document must not be larger than 32 MiB");
      } else {
        answerText(exchange, document);
      }
    }
  }

  private void answerText(HttpExchange exchange, byte[] document) throws IOException {
    String text;
    try {
      text = extraction.textOf(document);
    } catch (UnreadableException e) {
      answer(exchange, UNPROCESSABLE, String.valueOf(e.getMessage()));
      return;
    } catch (UnavailableException e) {
      answer(exchange, UNAVAILABLE, String.valueOf(e.getMessage()));
      return;
    }
    answer(exchange, OK, text);
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }
}
