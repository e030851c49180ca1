package dev.prefork.examples.tika;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.cli.Commands;
import dev.prefork.cli.RunningCommand;
import dev.prefork.testing.Client;
import dev.prefork.testing.Ports;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Documents that end or occupy the process that parses them, sent to workers of Prefork. */
class TikaServerIT {
  /** Tika's own: its mock parser does what such a document says. */
  private static final List<String> POISON =
      List.of(
          "<system_exit/>", "<oom/>", "<hang millis='600000' heavy='true' pulse_millis='100'/>");

  /** In the same order: what the log says of the workers. */
  private static final List<String> DEATHS =
      List.of(
          "exited with 1; respawning",
          "ran out of heap \\(exit 3\\); respawning",
          "takes .* s, the limit is 4s; respawning");

  private static final String OUTPUT_OF_WORKERS = "^worker \\d+ gen \\d+ pid \\d+: ";

  /** For large programs on a busy machine. */
  private static final Duration START = Duration.ofMinutes(1);

  @RegisterExtension final Commands commands = new Commands();

  private final int port = Ports.free();

  @Test
  void eachBadDocumentCostsOneWorkerAndNoGoodOne() throws InterruptedException {
    commands.expect(OUTPUT_OF_WORKERS, "is killed: request \"PUT /tika\"");
    DEATHS.forEach(commands::expect);
    RunningCommand server = launch().awaitReady(START);
    AtomicBoolean over = new AtomicBoolean();
    Set<String> answers = Collections.synchronizedSet(new TreeSet<>());
    Thread good =
        Thread.startVirtualThread(() -> {
          while (!over.get()) {
            answers.add(statusOf("a good document"));
          }
        });
    for (String document : POISON) {
      assertThat(statusOf("<?xml version='1.0'?><mock>" + document + "</mock>")).isEqualTo("CUT");
    }
    over.set(true);
    good.join();
    assertThat(answers).containsExactly("HTTP/1.1 200 OK");
    DEATHS.forEach(server::awaitLog);
    assertThat(server.log().lines().filter(line -> line.endsWith("; respawning")))
        .hasSize(POISON.size());
  }

  private RunningCommand launch() {
    List<String> arguments =
        commands.arguments("run", "--workers", "2", "--spares", "1", "--worker-heap", "64MiB");
    arguments.set(arguments.indexOf("127.0.0.1:0"), "127.0.0.1:" + port);
    arguments.addAll(List.of("--worker-connections", "1", "--request-timeout", "4s"));
    arguments.addAll(List.of("--argument=" + port, System.getProperty("tika.program")));
    return commands.launch(arguments);
  }

  /** The first line of the answer, or why there was none. */
  private String statusOf(String document) {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    String head = "PUT /tika HTTP/1.0\r\nContent-Length: " + document.length() + "\r\n\r\n";
    Client.Answer answer = Client.attempt(address, head + document);
    return answer.text().lines().findFirst().orElse(answer.outcome().toString());
  }
}
