package dev.prefork.examples.tika;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.prefork.examples.tika.Extraction.UnavailableException;
import dev.prefork.examples.tika.Extraction.UnreadableException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExtractionServerTest {
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final String TEXT = "text/plain; charset=utf-8";

  private ExtractionServer server;

  /** In place of Tika: shouts, and knows two documents that have no text. */
  private static String shout(byte[] document) throws UnreadableException, UnavailableException {
    String text = new String(document, StandardCharsets.UTF_8);
    return switch (text) {
      case "broken" -> throw new UnreadableException("no text in it");
      case "fatal" -> throw new UnavailableException("the parser died");
      case "bug" -> throw new IllegalStateException("a bug");
      default -> text.toUpperCase(Locale.ROOT);
    };
  }

  @BeforeEach
  void start() throws IOException {
    server = new ExtractionServer(0, ExtractionServerTest::shout);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private HttpResponse<String> send(String method, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/tika"))
            .method(method, BodyPublishers.ofString(body))
            .timeout(BOUND)
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofString());
    }
  }

  @Test
  void aDocumentIsAnsweredByItsText() throws Exception {
    HttpResponse<String> answer = send("PUT", "grün");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue(TEXT);
    assertThat(answer.body()).isEqualTo("GRÜN");
    assertThat(send("PUT", "").statusCode()).isEqualTo(200);
  }

  @Test
  void whoseFaultItIsIsToldByTheStatus() throws Exception {
    HttpResponse<String> broken = send("PUT", "broken");
    assertThat(broken.statusCode()).isEqualTo(422);
    assertThat(broken.body()).isEqualTo("no text in it");
    assertThat(send("PUT", "fatal").statusCode()).isEqualTo(503);
    assertThat(send("POST", "good").statusCode()).isEqualTo(405);
  }

  @Test
  void aDocumentThatIsTooLargeIsRefused() throws Exception {
    assertThat(send("PUT", "x".repeat((32 << 20) + 1)).statusCode()).isEqualTo(413);
  }

  @Test
  void aBugOfTheParserKeepsNoClientWaiting() {
    assertThat(catchThrowable(() -> send("PUT", "bug"))).isInstanceOf(IOException.class);
  }
}
