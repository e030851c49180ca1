package dev.prefork.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.PreforkWorker;
import dev.prefork.testing.Client;
import dev.prefork.testing.RememberingWorker;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreforkValveTest {
  private static final String GET = "GET /cart?secret=1 HTTP/1.1\r\nHost: a\r\n\r\n";

  private final Tomcat tomcat = new Tomcat();

  @TempDir Path directory;

  /** Answers with what it was sent, and a mark. */
  private static final class Echo extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      switch (request.getRequestURI()) {
        case "/bug" -> throw new IllegalStateException("a bug");
        case "/async" -> {
          AsyncContext later = request.startAsync();
          later.start(() -> {
            echo(request, response);
            later.complete();
          });
        }
        default -> echo(request, response);
      }
    }

    private static void echo(HttpServletRequest request, HttpServletResponse response) {
      try {
        response.getOutputStream().write(request.getInputStream().readAllBytes());
        response.getOutputStream().print("!");
      } catch (IOException e) {
        throw new AssertionError("the client reads it", e);
      }
    }
  }

  private void start(@Nullable PreforkWorker worker) throws LifecycleException {
    tomcat.setBaseDir(directory.toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    tomcat.getEngine().getPipeline().addValve(new PreforkValve(worker));
    Context context = tomcat.addContext("", directory.toString());
    Tomcat.addServlet(context, "echo", new Echo()).setAsyncSupported(true);
    context.addServletMapping("/", "echo");
    tomcat.start();
  }

  @AfterEach
  void stop() throws LifecycleException {
    tomcat.stop();
    tomcat.destroy();
  }

  private String ask(String request, String end) {
    int port = tomcat.getConnector().getLocalPort();
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
  void anAsynchronousRequestEndsWhenItIsAnswered() throws Exception {
    RememberingWorker worker = new RememberingWorker();
    start(worker);
    var _ = ask("POST /async HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi", "!");
    assertThat(worker.next()).isEqualTo("begin 127.0.0.1 POST /async");
    assertThat(worker.next()).isEqualTo("end 200 2 3");
  }

  @Test
  void aServletThatThrowsIsAFailure() throws Exception {
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
