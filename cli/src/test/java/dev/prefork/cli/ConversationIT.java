package dev.prefork.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.testing.Await;
import dev.prefork.testing.Client;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients that are slow, hostile or wrong: each gets its due, and no worker is lost to it. */
class ConversationIT {
  @RegisterExtension final Commands commands = new Commands();

  private RunningCommand server;
  private List<Long> workers;

  @BeforeEach
  void start() {
    server = commands.demo("--workers", "2", "--connection-timeout", "1s");
    workers = server.workers();
  }

  private void assertUnharmed() {
    for (int i = 0; i < 4; i++) {
      assertThat(server.ask("me\n(:still here)"))
          .matches("Hello me, this is PID \\d+\n\\(:STILL HERE\\)");
    }
    assertThat(server.workers()).isEqualTo(workers);
  }

  private static String until(String line, String datum) {
    return "Sorry " + line + ", this is PID \\d+\n\\(" + datum + " \"(?s:.*)\"\\)";
  }

  @Test
  void aSilentClientIsToldThatItTookTooLong() {
    try (Client client = Client.connect(server.address())) {
      assertThat(client.readAll()).matches(until("", ":TIMEOUT"));
    }
    assertUnharmed();
  }

  @Test
  void aDrippingClientIsToldThatItTookTooLong() {
    try (Client client = Client.connect(server.address())) {
      client.send("drip\n(");
      AtomicBoolean answered = new AtomicBoolean();
      Thread dripper =
          Thread.ofVirtual()
              .start(() ->
                  Await.until(
                      "the answer",
                      () -> {
                        if (!answered.get()) {
                          client.send("1 ");
                        }
                        return answered.get();
                      }));
      assertThat(client.readLine()).matches("Sorry drip, this is PID \\d+");
      assertThat(client.readLine()).startsWith("(:TIMEOUT");
      answered.set(true);
      Await.until("the dripper's end", () -> !dripper.isAlive());
    }
    assertUnharmed();
  }

  @Test
  void malformedDataIsAnsweredAndNothingIsEvaluated() {
    for (String datum : List.of(")", "#.(quit)", "#<thing>", "(1 . )", "#\\nosuchcharacter ")) {
      assertThat(server.ask("me\n" + datum)).as(datum).matches(until("me", ":READ-ERROR"));
    }
    assertUnharmed();
  }

  @Test
  void truncatedDataIsAnswered() {
    for (String datum : List.of("", "(1 2", "\"abc", "#(1", "'", "#|")) {
      try (Client client = Client.connect(server.address())) {
        assertThat(client.send("me\n" + datum).end().readAll())
            .as(datum)
            .matches(until("me", ":READ-ERROR"));
      }
    }
    try (Client client = Client.connect(server.address())) {
      assertThat(client.send("no end").end().readAll()).matches(until("no end", ":READ-ERROR"));
    }
    assertUnharmed();
  }

  @Test
  void oversizedDataIsAnswered() {
    byte[] nested = "(".repeat(200_000).getBytes(StandardCharsets.US_ASCII);
    try (Client client = Client.connect(server.address())) {
      assertThat(client.send("deep\n").send(nested).readAll())
          .matches(until("deep", ":READ-ERROR"));
    }
    try (Client client = Client.connect(server.address())) {
      String id = "i".repeat(5_000);
      assertThat(client.send(id + "\n1 ").readAll()).matches(until("i{1024}", ":READ-ERROR"));
    }
    assertUnharmed();
  }

  @Test
  void clientsThatResetTheirConnectionsHarmNobody() {
    for (int i = 0; i < 20; i++) {
      Client client = Client.connect(server.address()).send(i % 2 == 0 ? "me\n(1" : "");
      client.reset();
    }
    assertUnharmed();
  }
}
