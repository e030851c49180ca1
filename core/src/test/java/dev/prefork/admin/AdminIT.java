package dev.prefork.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.prefork.server.PreforkServer;
import dev.prefork.testing.Addresses;
import dev.prefork.testing.Await;
import dev.prefork.testing.Client;
import dev.prefork.testing.EmbeddedServers;
import dev.prefork.testing.Processes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The admin listener of a real server. */
class AdminIT {
  @RegisterExtension private final EmbeddedServers servers = new EmbeddedServers();
  @TempDir private Path folder;

  private static String get(PreforkServer server, String path, String... fields) {
    InetSocketAddress address = server.adminAddress().orElseThrow();
    String head = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + String.join("", fields);
    return Client.ask(address, head + "\r\n");
  }

  private static String body(String answer) {
    return answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }

  @Test
  void answersWhileEveryWorkerHangs() {
    PreforkServer server = servers.start(servers.builder().admin("0"));
    InetSocketAddress address = Addresses.first(server);
    List<Client> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 2; i++) {
        clients.add(Client.connect(address).send("hang\n"));
        var _ = clients.getLast().readLine();
      }
      clients.add(Client.connect(address));
      assertThat(get(server, "/livez")).contains(" 200 OK");
      assertThat(get(server, "/readyz")).contains(" 200 OK");
      assertThat(get(server, "/status")).contains("\"busy\":2").contains("\"queued\":1");
      assertThat(get(server, "/metrics")).contains("prefork_saturation_ratio 1.0000\n");
    } finally {
      clients.forEach(Client::close);
    }
  }

  @Test
  void isNotReadyWithoutItsWorkers() {
    PreforkServer server = servers.start(servers.builder().admin("0"));
    server.resize(0, "test");
    Await.until("the workers to go", () -> server.status().workers().isEmpty());
    assertThat(get(server, "/readyz")).contains(" 503 ");
    assertThat(get(server, "/livez")).contains(" 200 ");
  }

  @Test
  void totalsSurviveAWorkersDeath() {
    servers.expect("SIGKILL");
    PreforkServer server = servers.start(servers.builder().workers(1).admin("0"));
    InetSocketAddress address = Addresses.first(server);
    long pid = Long.parseLong(Client.ask(address, "pid\n").strip());
    Await.until("it is counted", () -> server.snapshot().totals().requests() == 1);
    Processes.signal("KILL", pid);
    Await.until("the successor", () -> server.status().spawned() == 2);
    var _ = Client.ask(address, "pid\n");
    Await.until("it is counted too", () -> server.snapshot().totals().requests() > 1);
    assertThat(get(server, "/metrics"))
        .contains("\nprefork_worker_unexpected_deaths_total 1\n")
        .contains("\nprefork_worker_spawns_total 2\n")
        .contains("\nprefork_requests_total 2\n");
  }

  @Test
  void endsWithItsServer() throws InterruptedException {
    PreforkServer server = servers.start(servers.builder().admin("0"));
    InetSocketAddress address = server.adminAddress().orElseThrow();
    server.stop("test");
    var _ = server.await();
    assertThat(Client.refused(address)).isTrue();
  }

  @Test
  void withoutTheOptionThereIsNone() {
    PreforkServer server = servers.start(servers.builder());
    assertThat(server.adminAddress()).isEmpty();
  }

  @Test
  void promtoolHasNothingToSayAgainstTheMetrics() throws IOException {
    assumeTrue(Processes.succeeds("promtool", "--version"), "promtool (prometheus) is missing");
    PreforkServer server = servers.start(servers.builder().admin("0"));
    Path page = folder.resolve("metrics");
    var _ = Files.writeString(page, body(get(server, "/metrics")));
    assertThat(
            Processes.run(
                List.of("sh", "-c", "promtool check metrics <" + page + " && echo passed")))
        .isEqualTo("passed\n");
  }

  /** The reference parser of the format is the Python client's. */
  @Test
  void aStrictParserTakesTheOpenMetrics() throws IOException {
    String python = "/usr/bin/python3";
    assumeTrue(
        Processes.succeeds(python, "-c", "import prometheus_client"),
        "python3-prometheus-client is missing");
    PreforkServer server = servers.start(servers.builder().admin("0"));
    Path page = folder.resolve("metrics");
    var _ =
        Files.writeString(
            page, body(get(server, "/metrics", "Accept: application/openmetrics-text\r\n")));
    String program =
        """
        import sys
        from prometheus_client.openmetrics.parser import text_string_to_metric_families
        families = {f.name: f for f in text_string_to_metric_families(open(sys.argv[1]).read())}
        print(families["prefork_requests"].type, families["prefork_build"].type,
              families["prefork_request_duration_seconds"].unit)
        """;
    assertThat(Processes.run(List.of(python, "-c", program, page.toString())))
        .isEqualTo("counter info seconds\n");
  }
}
