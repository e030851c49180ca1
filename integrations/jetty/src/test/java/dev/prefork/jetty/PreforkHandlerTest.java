package dev.prefork.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.PreforkWorker;
import dev.prefork.testing.Client;
import dev.prefork.testing.RememberingWorker;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PreforkHandlerTest {
  private static final String GET = "GET /cart?secret=1 HTTP/1.1\r\nHost: a\r\n\r\n";

  private final Server server = new Server(new InetSocketAddress(loopback(), 0));

  private static InetAddress loopback() {
    return InetAddress.getLoopbackAddress();
  }

  /** Answers with what it was sent, and a mark. */
  private static final class Echo extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      if (request.getHttpURI().getPath().equals("/bug")) {
        throw new IllegalStateException("a bug");
      }
      Content.Sink.write(response, true, Content.Source.asString(request) + "!", callback);
      return true;
    }
  }

  private void start(@Nullable PreforkWorker worker) throws Exception {
    PreforkHandler handler = new PreforkHandler(worker);
    handler.setHandler(new Echo());
    server.setHandler(handler);
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  private String ask(String request, String end) {
    int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    return Client.askUntil(address, request, end);
  }

  @Test
  void aRequestIsToldWithoutItsQuery() throws Exception {
    RememberingWorker worker = new RememberingWorker();
    start(worker);
    assertThat(ask(GET, "!")).startsWith("HTTP/1.1 200").doesNotContain("Connection: close");
    assertThat(worker.next()).isEqualTo("begin 127.0.0.1 GET /cart");
    assertThat(worker.next()).isEqualTo("end 200 0 1");
  }

  @Test
  void bodiesAreCounted() throws Exception {
    RememberingWorker worker = new RememberingWorker();
    start(worker);
    var _ = ask("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello", "!");
    assertThat(worker.next()).isEqualTo("begin 127.0.0.1 POST /");
    assertThat(worker.next()).isEqualTo("end 200 5 6");
  }

  @Test
  void aHandlerThatThrowsIsAFailure() throws Exception {
    RememberingWorker worker = new RememberingWorker();
    start(worker);
    assertThat(ask("GET /bug HTTP/1.0\r\n\r\n", "</html>")).startsWith("HTTP/1.1 500");
    assertThat(worker.next()).isEqualTo("begin 127.0.0.1 GET /bug");
    assertThat(worker.next()).startsWith("end 500 ");
  }

  @Test
  void aDrainingWorkersConnectionsAreClosedAfterTheNextAnswer() throws Exception {
    RememberingWorker worker = new RememberingWorker();
    worker.drain();
    start(worker);
    assertThat(ask(GET + GET, "never")) // so to the end of the connection
        .contains("Connection: close")
        .containsOnlyOnce("HTTP/1.1 200");
  }

  @Test
  void elsewhereItDoesNothing() throws Exception {
    start(PreforkWorker.current().orElse(null));
    assertThat(ask(GET, "!")).startsWith("HTTP/1.1 200");
  }
}
