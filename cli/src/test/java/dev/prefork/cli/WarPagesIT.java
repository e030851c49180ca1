package dev.prefork.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.testing.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What WAR files have beside servlets: pages, which a worker compiles, and web sockets. */
class WarPagesIT {
  private static final String PAGE =
      """
      <%@ page contentType="text/plain" %><%! int answer() { return 6 * 7; } %>\
      <%= answer() %> ${param.word} of <%= ProcessHandle.current().pid() %>\
      """;

  @RegisterExtension final Commands commands = new Commands();

  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

  private RunningCommand serve(Wars war) throws IOException {
    List<String> arguments = commands.arguments("run", "--workers", "2");
    arguments.add(war.write(commands.directory().resolve("shop.war")).toString());
    return commands.launch(arguments).awaitReady();
  }

  @ParameterizedTest
  @ValueSource(strings = {"6.0", "6.1"})
  void aPageIsCompiledAndAWebSocketIsServedUntilTermSaysThatTheServerGoes(String servlet)
      throws IOException, InterruptedException {
    RunningCommand server =
        serve(new Wars().with(WarEcho.class).with("page.jsp", PAGE).declaring(servlet));
    assertThat(server.ask("GET /page.jsp?word=answers HTTP/1.0\r\n\r\n"))
        .startsWith("HTTP/1.1 200")
        .containsPattern("42 answers of \\d+");

    try (HttpClient client = HttpClient.newHttpClient()) {
      URI echo = URI.create("ws://127.0.0.1:" + server.address().getPort() + "/echo");
      WebSocket socket = client.newWebSocketBuilder().buildAsync(echo, new Listener()).join();
      var _ = socket.sendText("hello", true).join();
      assertThat(next()).isEqualTo("hello");

      server.signal("TERM");
      assertThat(next()).isEqualTo("closed with 1001");
    }
    assertThat(server.awaitExit()).as(server.log()).isZero();
    assertThat(server.log()).contains("stopped: TERM: 2 workers drained, 0 cut");
  }

  /** One that brings its own SLF4J would take ours for its provider, and complain of it. */
  @Test
  void whatJettyLogsByIsHiddenFromTheApplication() throws IOException {
    String page =
        """
        <%= application.getClassLoader().getResource(
            "META-INF/services/org.slf4j.spi.SLF4JServiceProvider") %>\
        """;
    RunningCommand server = serve(new Wars().with("page.jsp", page).declaring("6.1"));
    assertThat(server.ask("GET /page.jsp HTTP/1.0\r\n\r\n")).endsWith("\r\n\r\nnull");
  }

  private @Nullable String next() throws InterruptedException {
    return heard.poll(Await.BOUND.toMillis(), TimeUnit.MILLISECONDS);
  }

  private final class Listener implements WebSocket.Listener {
    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
      heard.add(text.toString());
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      heard.add("closed with " + status);
      return null;
    }
  }
}
