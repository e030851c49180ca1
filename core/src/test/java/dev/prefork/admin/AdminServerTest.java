package dev.prefork.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import dev.prefork.ServerSnapshot.Pool;
import dev.prefork.ServerStatus.Phase;
import dev.prefork.ServerStatus.SlotLife;
import dev.prefork.WorkerDeath;
import dev.prefork.WorkerIdentity;
import dev.prefork.testing.Client;
import dev.prefork.testing.Client.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The admin listener over real sockets, of a server that is only told of. */
class AdminServerTest {
  private final FakeView view = new FakeView();
  private final AdminServer server = AdminServer.open("127.0.0.1:0");

  AdminServerTest() {
    server.start(view);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private String ask(String request) {
    return Client.ask(server.address(), request);
  }

  private String get(String path) {
    return ask("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }

  private static String body(String answer) {
    return answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }

  private static String lengthOf(String answer) {
    int length = body(answer).getBytes(StandardCharsets.UTF_8).length;
    return "\r\nContent-Length: " + length + "\r\n";
  }

  @ParameterizedTest
  @CsvSource({
    "/, text/html; charset=utf-8",
    "/page.css, text/css; charset=utf-8",
    "/page.js, text/javascript; charset=utf-8",
    "/livez, text/plain; charset=utf-8",
    "/readyz, text/plain; charset=utf-8",
    "/metrics, text/plain; version=0.0.4; charset=utf-8",
    "/status, application/json",
    "/history, application/json",
    "/deaths, application/json"
  })
  void everyPageHasItsTypeAndIsGuarded(String path, String type) {
    String answer = get(path);
    assertThat(answer)
        .startsWith("HTTP/1.1 200 OK\r\n")
        .contains("\r\nContent-Type: " + type + "\r\n")
        .contains(lengthOf(answer))
        .contains("\r\nContent-Security-Policy: default-src 'none'; ")
        .contains("\r\nX-Content-Type-Options: nosniff\r\n");
    assertThat(ask("HEAD " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .contains(lengthOf(answer))
        .endsWith("\r\n\r\n");
  }

  @ParameterizedTest
  @CsvSource({
    "GET /nothing HTTP/1.1, 404 Not Found",
    "POST /status HTTP/1.1, 405 Method Not Allowed",
    "DELETE / HTTP/1.1, 405 Method Not Allowed",
    "GET / HTTP/2.0, 505 HTTP Version Not Supported",
    "GET nothing HTTP/1.1, 400 Bad Request",
    "hello, 400 Bad Request",
    "GET /history?since=yesterday HTTP/1.1, 400 Bad Request",
  })
  void whatCanNotBeAnsweredIsRefused(String line, String status) {
    assertThat(ask(line + "\r\nHost: localhost\r\n\r\n")).startsWith("HTTP/1.1 " + status);
  }

  @Test
  void aRefusedMethodNamesThoseThatAreNot() {
    assertThat(ask("PUT / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc"))
        .contains("\r\nAllow: GET, HEAD\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "LOCALHOST:81", "127.0.0.1", "10.0.0.7:80", "[::1]:80", "[::1]"})
  void addressesAndLocalhostAreAnswered(String host) {
    assertThat(ask("GET /livez HTTP/1.1\r\nHost: " + host + "\r\n\r\n")).contains(" 200 ");
    assertThat(ask("GET http://" + host + "/livez HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .contains(" 200 ");
  }

  /** A page of a stranger whose name resolves to this machine would read all by its visitors. */
  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "evil.example:80", "127.0.0.1.evil.example", "1.2.3"})
  void anotherNameIsNotAnswered(String host) {
    assertThat(ask("GET /status HTTP/1.1\r\nHost: " + host + "\r\n\r\n"))
        .startsWith("HTTP/1.1 421 ");
  }

  @Test
  void theHostIsNeededOnce() {
    assertThat(ask("GET / HTTP/1.1\r\n\r\n")).contains(" 400 ");
    assertThat(ask("GET / HTTP/1.1\r\nHost: a\r\nHost: localhost\r\n\r\n")).contains(" 400 ");
    assertThat(ask("GET /livez HTTP/1.0\r\n\r\n")).contains(" 200 ");
  }

  @Test
  void theConfiguredNameIsAnswered() {
    assertThat(new HostCheck("Admin.Example").allows("admin.example:80")).isTrue();
    assertThat(new HostCheck("127.0.0.1").allows("admin.example")).isFalse();
  }

  @Test
  void aHeadThatNeverEndsIsRefused() {
    String field = "X: " + "x".repeat(1_000) + "\r\n";
    assertThat(ask("GET / HTTP/1.1\r\n" + field.repeat(9))).startsWith("HTTP/1.1 431 ");
  }

  @Test
  void aClientThatIsSilentIsSentAway() {
    try (Client client = Client.connect(server.address()).send("GET / HT")) {
      assertThat(client.readAll()).startsWith("HTTP/1.1 408 ");
    }
  }

  /** Slow ones would take every place, and probes would find nobody. */
  @Test
  void theOldestOfTooManyConnectionsGivesWay() {
    List<Client> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 3 * AdminServer.PLACES; i++) {
        slow.add(Client.connect(server.address()).send("GET / HTTP/1.1\r\n"));
      }
      assertThat(get("/livez")).contains(" 200 ");
      assertThat(slow.getFirst().readEnd()).isEqualTo(Outcome.CUT);
    } finally {
      slow.forEach(Client::close);
    }
  }

  @Test
  void liveIsWhoseLoopAnswers() {
    assertThat(body(get("/livez"))).isEqualTo("ok\n");
    view.alive = false;
    assertThat(get("/livez")).contains(" 503 ");
  }

  @Test
  void readyIsWhoHasEnoughWorkersAndIsNotStopping() {
    assertThat(body(get("/readyz"))).isEqualTo("ok\n");
    view.lives = new SlotLife[] {SlotLife.READY, SlotLife.STARTING};
    assertThat(get("/readyz")).contains(" 503 ").endsWith("1 workers accept, at least 2 must\n");
    view.pool = new Pool(1, 2, 16, 0); // somebody asked for fewer
    assertThat(get("/readyz")).contains(" 200 ");
    view.pool = new Pool(0, 2, 16, 0);
    assertThat(get("/readyz")).contains(" 503 ").endsWith("no workers are wanted\n");
    view.phase = Phase.DRAINING;
    assertThat(get("/readyz")).contains(" 503 ").endsWith("the server is stopping\n");
  }

  @Test
  void theHistoryCanBeHadFromATimeOn() {
    assertThat(body(get("/history"))).contains("03:04:06Z").contains("03:04:07Z");
    assertThat(body(get("/history?since=2026-01-02T03:04:06.000Z")))
        .doesNotContain("03:04:06Z")
        .contains("03:04:07Z");
  }

  @Test
  void deathsAreTold() {
    view.deaths =
        List.of(
            new WorkerDeath(
                FakeView.START,
                new WorkerIdentity(1, 2, 77),
                WorkerDeath.Cause.CRASHED,
                "killed by SIGSEGV",
                -1,
                11,
                false,
                Duration.ofMillis(1_500),
                true,
                9,
                List.of("GET /cart 10.0.0.1:5 30 ms"),
                1 << 20,
                "/run/hs_err.log",
                "C [libx.so]",
                ""));
    assertThat(body(get("/deaths")))
        .isEqualTo(
            """
            {"version":1,"deaths":[{"time":"2026-01-02T03:04:05Z","slot":1,"generation":2,\
            "pid":77,"cause":"crashed","text":"killed by SIGSEGV","exit_code":-1,"signal":11,\
            "expected":false,"age_s":1.500,"was_ready":true,"requests":9,\
            "serving":["GET /cart 10.0.0.1:5 30 ms"],"resident_bytes":1048576,\
            "crash_file":"/run/hs_err.log","problematic_frame":"C [libx.so]","thread_dump":""}]}
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "9978, 127.0.0.1, 9978",
    "0.0.0.0:80, 0.0.0.0, 80",
    "[::1]:80, ::1, 80",
    "localhost:80, localhost, 80"
  })
  void aPortAloneIsOfTheLoopbackAddress(String text, String host, int port) {
    assertThat(AdminAddress.parse(text).host()).isEqualTo(host);
    assertThat(AdminAddress.parse(text).port()).isEqualTo(port);
  }

  @Test
  void whatIsNoAddressIsRefused() {
    assertThatThrownBy(() -> AdminServer.check("65536"))
        .hasMessageContaining("admin must be HOST:PORT")
        .asInstanceOf(InstanceOfAssertFactories.type(PreforkException.class))
        .extracting(PreforkException::status)
        .isEqualTo(ExitStatus.USAGE);
  }

  @Test
  void aTakenPortIsNamed() {
    String taken = "127.0.0.1:" + server.address().getPort();
    assertThatThrownBy(() -> AdminServer.open(taken).close())
        .hasMessageContainingAll("could not bind the admin listener to " + taken, "--admin")
        .asInstanceOf(InstanceOfAssertFactories.type(PreforkException.class))
        .extracting(PreforkException::status)
        .isEqualTo(ExitStatus.UNAVAILABLE);
  }

  @Test
  void onceClosedItListensNoMore() {
    server.close();
    assertThat(Client.refused(server.address())).isTrue();
  }
}
