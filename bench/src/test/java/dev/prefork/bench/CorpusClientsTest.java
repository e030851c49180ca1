package dev.prefork.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CorpusClientsTest {
  private final Queue<String> received = new ConcurrentLinkedQueue<>();
  private HttpServer server;

  /**
   * Answers with what it is sent; of "cut" with nothing; what is "busy" is taken the third time.
   */
  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/tika",
        exchange -> {
          try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String text = new String(body, StandardCharsets.US_ASCII);
            received.add(text);
            if (text.startsWith("busy") && received.size() < 3) {
              exchange.sendResponseHeaders(503, -1);
            } else if (!text.equals("cut")) {
              exchange.sendResponseHeaders(200, body.length);
              exchange.getResponseBody().write(body);
            }
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private static Document document(String text) {
    return new Document(DocumentKind.TEXT, text.getBytes(StandardCharsets.US_ASCII), text);
  }

  @Test
  void eachDocumentIsSentOnceAndItsAnswerSorted() {
    List<Document> corpus =
        IntStream.range(0, 100).mapToObj(i -> document(i == 50 ? "cut" : "text " + i)).toList();
    List<Extraction> done = CorpusClients.send(corpus, server.getAddress().getPort(), 4, false);
    assertThat(received).hasSize(100).doesNotHaveDuplicates();
    assertThat(done).hasSize(100);
    assertThat(done).filteredOn(Extraction::isExtracted).hasSize(99);
    assertThat(done)
        .filteredOn(one -> !one.isExtracted())
        .extracting(Extraction::outcome)
        .containsExactly(Outcome.EMPTY);
    assertThat(done).allMatch(one -> one.seconds() >= 0 && one.takenS() == one.startS());
  }

  @Test
  void aServerThatIsNotThereIsAskedAgainUntilPatienceIsOver() {
    int port = server.getAddress().getPort();
    server.stop(0);
    List<Document> corpus = List.of(document("a"), document("b"));
    assertThat(CorpusClients.send(corpus, port, 1, false, Duration.ofMillis(120)))
        .allMatch(one -> one.seconds() >= 0.12 && one.takenS() == one.endS())
        .extracting(Extraction::outcome)
        .containsExactly(Outcome.REFUSED, Outcome.REFUSED);
  }

  @Test
  void whoIsTurnedAwaySendsItsDocumentOnceItIsTaken() {
    int port = server.getAddress().getPort();
    List<Document> corpus = List.of(document("busy, busy, taken"));
    assertThat(CorpusClients.send(corpus, port, 1, true))
        .allMatch(Extraction::isExtracted)
        .allMatch(one -> one.takenS() >= one.startS() + 0.1); // two pauses
    assertThat(received).hasSize(3);
    received.clear();
    assertThat(CorpusClients.send(corpus, port, 1, false))
        .extracting(Extraction::outcome)
        .containsExactly(Outcome.WRONG);
  }
}
