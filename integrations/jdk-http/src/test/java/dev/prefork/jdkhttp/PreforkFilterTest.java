package dev.prefork.jdkhttp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.prefork.PreforkWorker;
import dev.prefork.testing.Await;
import dev.prefork.testing.RememberingWorker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PreforkFilterTest {
  private static final String GET =
      "GET /cart?secret=1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
  private static final String KEPT = "GET /cart HTTP/1.1\r\nHost: a\r\n\r\n";

  private HttpServer server;
  private final RememberingWorker worker = new RememberingWorker();

  @BeforeEach
  void bind() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
  }

  private void start(@Nullable PreforkWorker reportedTo) {
    server
        .createContext("/", PreforkFilterTest::echo)
        .getFilters()
        .addFirst(new PreforkFilter(reportedTo));
    server.start();
  }

  /** Answers with what it was sent, and a mark. */
  private static void echo(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (path.equals("/bug")) {
      throw new IllegalStateException("a bug");
    }
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (!path.equals("/silent")) {
        exchange.sendResponseHeaders(200, body.length + 1);
        exchange.getResponseBody().write(body);
        exchange.getResponseBody().write('!');
      }
    }
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  /** Sends requests on one connection and reads until it ends. */
  private String ask(String requests) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(server.getAddress());
      socket.setSoTimeout((int) Await.BOUND.toMillis());
      socket.getOutputStream().write(requests.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  @Test
  void aRequestIsToldWithoutItsQuery() throws Exception {
    start(worker);
    assertThat(ask(GET)).startsWith("HTTP/1.1 200").endsWith("!");
    assertThat(worker.next()).isEqualTo("begin 127.0.0.1 GET /cart");
    assertThat(worker.next()).isEqualTo("end 200 0 1");
  }

  @Test
  void bodiesAreCounted() throws Exception {
    start(worker);
    assertThat(ask("PUT / HTTP/1.0\r\nContent-Length: 5\r\n\r\nhello")).endsWith("hello!");
    assertThat(worker.next()).isEqualTo("begin 127.0.0.1 PUT /");
    assertThat(worker.next()).isEqualTo("end 200 5 6");
  }

  @Test
  void aHandlerThatThrowsIsAFailure() throws Exception {
    start(worker);
    var _ = ask("GET /bug HTTP/1.0\r\n\r\n");
    assertThat(worker.next()).isEqualTo("begin 127.0.0.1 GET /bug");
    assertThat(worker.next()).isEqualTo("end 500 0 0");
  }

  @Test
  void aRequestIsOverBeforeItsConnectionIs() throws Exception {
    CountDownLatch told = new CountDownLatch(1);
    server
        .createContext(
            "/held",
            exchange -> {
              echo(exchange);
              await(told);
            })
        .getFilters()
        .add(new PreforkFilter(worker));
    server.start();
    assertThat(ask("GET /held HTTP/1.0\r\n\r\n")).endsWith("!");
    assertThat(worker.next()).isEqualTo("begin 127.0.0.1 GET /held");
    assertThat(worker.next()).as("told while the handler still runs").isEqualTo("end 200 0 1");
    told.countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aConnectionThatIsClosedWithoutAnAnswerHasNoStatus() throws Exception {
    start(worker);
    assertThat(ask("GET /silent HTTP/1.0\r\n\r\n")).isEmpty();
    assertThat(worker.next()).isEqualTo("begin 127.0.0.1 GET /silent");
    assertThat(worker.next()).isEqualTo("end 0 0 0");
  }

  @Test
  void aDrainingWorkersConnectionsAreClosedAfterTheNextAnswer() throws Exception {
    worker.drain();
    start(worker);
    assertThat(ask(KEPT + KEPT))
        .containsIgnoringCase("Connection: close")
        .containsOnlyOnce("HTTP/1.1 200");
  }

  @Test
  void elsewhereItDoesNothing() throws Exception {
    start(null);
    assertThat(ask(GET)).startsWith("HTTP/1.1 200").endsWith("!");
  }
}
