package dev.prefork.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.testing.Await;
import dev.prefork.testing.Client;
import dev.prefork.testing.Client.Outcome;
import dev.prefork.testing.Load;
import dev.prefork.testing.PemFiles;
import dev.prefork.testing.Processes;
import dev.prefork.testing.UnixClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** WAR files, as workers on Jetty. */
class WarIT {
  private static final String GET = "GET / HTTP/1.0\r\n\r\n";

  @RegisterExtension final Commands commands = new Commands();

  private RunningCommand launch(Wars war, String... options) throws IOException {
    List<String> arguments = commands.arguments("run", options);
    arguments.add(war.write(commands.directory().resolve("shop.war")).toString());
    return commands.launch(arguments);
  }

  private RunningCommand serve(String... options) throws IOException {
    return launch(Wars.serving(), options).awaitReady();
  }

  private static URI uri(RunningCommand server, String path) {
    InetSocketAddress address = server.address();
    return URI.create("http://127.0.0.1:" + address.getPort() + path);
  }

  private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request) {
    try {
      return client.send(
          request.timeout(Await.BOUND).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError("no answer", e);
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts a test", e);
    }
  }

  /** The worker that answers on a connection of its own. */
  private static String ask(RunningCommand server) {
    return pidIn(server.ask(GET));
  }

  private static String pidIn(String answer) {
    return answer.substring(answer.lastIndexOf('\n') + 1).split(" ", 2)[0];
  }

  private static Set<String> askUntilAllHaveAnswered(RunningCommand server, int workers) {
    Set<String> pids = new TreeSet<>();
    Await.until(
        workers + " workers to answer",
        () -> {
          pids.add(ask(server));
          return pids.size() == workers;
        });
    return pids;
  }

  @Test
  void everyWorkerServesAWarOfJakartaEe10() throws IOException {
    RunningCommand server = launch(Wars.serving().declaring("6.0"), "--workers", "4").awaitReady();
    Set<String> pids = askUntilAllHaveAnswered(server, 4);
    assertThat(Processes.children(server.pid()).stream().map(String::valueOf)).containsAll(pids);
    assertThat(server.ask(GET)).contains("servlet 6.0");
  }

  @Test
  void aPathIsServedToo() throws IOException {
    Path path = commands.directory().resolve("shop.sock");
    RunningCommand server = serve("--workers", "1", "--listen", "unix:" + path);
    String request =
        "GET / HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n"; // a path is no host
    assertThat(UnixClient.ask(path, request))
        .startsWith("HTTP/1.1 200")
        .contains(Processes.children(server.pid()).getFirst() + " ");
  }

  @Test
  void requestsAreBoundedCompressedAndLogged() throws IOException {
    Path log = commands.directory().resolve("access.log");
    RunningCommand server =
        serve(
            "--workers",
            "1",
            "--context-path",
            "/a/b",
            "--max-header",
            "2KiB",
            "--max-body",
            "4KiB",
            "--access-log",
            log.toString());
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> first = send(client, HttpRequest.newBuilder(uri(server, "/a/b/c?q=1")));
      assertThat(first.version()).as("by the upgrade to h2c").isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(first.body()).contains("servlet 6.1 /a/b");
      assertThat(send(client, HttpRequest.newBuilder(uri(server, "/other"))).statusCode())
          .isEqualTo(404);
      HttpResponse<String> large =
          send(
              client,
              HttpRequest.newBuilder(uri(server, "/a/b/?fill=10000"))
                  .header("Accept-Encoding", "gzip"));
      assertThat(large.headers().firstValue("Content-Encoding")).contains("gzip");
      assertThat(large.body().length()).isLessThan(1_000);
      assertThat(post(client, server, 4_096).body()).isEqualTo("4096");
      // A client that has its answer, and goes before the server is done with it, is a reset.
      Await.until("its line", () -> read(log).contains("\"POST /a/b/\" 4096 "));
    }
    // Not by HTTP/2: Jetty cancels the stream, and a client that still sends may miss the answer.
    assertThat(server.ask("POST /a/b/ HTTP/1.1\r\nHost: a\r\nContent-Length: 4097\r\n\r\n"))
        .startsWith("HTTP/1.1 413");
    assertThat(server.ask("GET /a/b/ HTTP/1.0\r\nA: " + "a".repeat(2_100) + "\r\n\r\n"))
        .startsWith("HTTP/1.1 431");
    Await.until("the log", () -> read(log).contains("\"POST /a/b/\" 0 "));
    assertThat(read(log))
        .containsPattern("127.0.0.1:\\d+ \"GET /a/b/c\" 0 \\d+ [\\d.]+ 200 worker 0 gen 1 pid \\d+")
        .containsPattern("\"GET /other\" 0 \\d+ [\\d.]+ 404 ")
        .containsPattern("\"POST /a/b/\" 4096 4 [\\d.]+ 200 ")
        .doesNotContain("q=1");
  }

  private static HttpResponse<String> post(HttpClient client, RunningCommand server, int bytes) {
    return send(
        client,
        HttpRequest.newBuilder(uri(server, "/a/b/"))
            .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[bytes])));
  }

  private static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatIsServedIsShownAndTermLetsItFinish() throws IOException {
    RunningCommand server = serve("--workers", "2");
    try (Client client = Client.connect(server.address())) {
      var _ = client.send("GET /cart?sleep=3000 HTTP/1.1\r\nHost: a\r\n\r\n");
      Await.until("the request in the status", () -> status().contains("GET /cart"));
      server.signal("TERM");
      assertThat(client.readAll())
          .startsWith("HTTP/1.1 200")
          .contains("Connection: close")
          .contains("servlet");
    }
    assertThat(server.awaitExit()).as(server.log()).isZero();
    assertThat(server.log()).contains("stopped: TERM: 2 workers drained, 0 cut");
  }

  private String status() {
    RunningCommand status = operate("status");
    assertThat(status.awaitExit()).as(status.log()).isZero();
    return status.output();
  }

  private RunningCommand operate(String... words) {
    List<String> line = new ArrayList<>(List.of(words));
    line.addAll(List.of("--runtime-dir", commands.directory().resolve("run").toString()));
    return commands.launch(line);
  }

  @Test
  @Tag("slow")
  void workersReplacedUnderLoadLoseNothingAndAKilledOneItsOwn() throws IOException {
    commands.expect("killed by SIGKILL; respawning");
    RunningCommand server = serve("--workers", "2", "--spares", "1");
    Load load = Load.start(server.address(), GET, 4);
    try (load) {
      for (String slot : List.of("0", "1", "2")) { // one of them holds the spare
        RunningCommand retire = operate("retire", slot);
        assertThat(retire.awaitExit()).as(retire.log()).isZero();
      }
      load.awaitAnswers(100);
      assertThat(failed(load)).as("failed by the replacements").isZero();
      Processes.signal("KILL", Long.parseLong(ask(server)));
      load.awaitAnswers(100);
    }
    assertThat(failed(load)).as("failed by the kill").isLessThanOrEqualTo(4);
  }

  private static int failed(Load load) {
    return load.count(Outcome.CUT) + load.count(Outcome.REFUSED) + load.count(Outcome.TIMEOUT);
  }

  @Test
  void aCertificateIsReadAnewWhenItsFilesChange() throws IOException {
    commands.expect("is not that of the first certificate");
    Path certificate = commands.directory().resolve("cert.pem");
    Path key = commands.directory().resolve("key.pem");
    PemFiles one = PemFiles.make(commands.directory(), "one", "RSA");
    Files.writeString(certificate, one.certificate());
    Files.writeString(key, one.key());
    RunningCommand server =
        serve(
            "--workers",
            "2",
            "--tls-certificate",
            certificate.toString(),
            "--tls-key",
            key.toString());
    Set<String> before = Set.copyOf(workers(server));
    assertThat(subject(server)).isEqualTo("CN=one");
    PemFiles two = PemFiles.make(commands.directory(), "two", "EC");
    Files.writeString(certificate, two.certificate());
    Files.writeString(key, two.key());
    for (int i = 0; i < 5; i++) { // whichever worker answers
      Await.until("the new certificate", () -> subject(server).equals("CN=two"));
    }
    assertThat(workers(server)).containsExactlyInAnyOrderElementsOf(before);
  }

  private static List<String> workers(RunningCommand server) {
    return Processes.children(server.pid()).stream().map(String::valueOf).toList();
  }

  /** Whom the server says to be. */
  private static String subject(RunningCommand server) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new TrustEverybody()}, null);
      try (Socket plain = new Socket(server.address().getAddress(), server.address().getPort());
          SSLSocket socket =
              (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", 0, true)) {
        socket.setSoTimeout((int) Await.BOUND.toMillis());
        X509Certificate first = (X509Certificate) socket.getSession().getPeerCertificates()[0];
        return first.getSubjectX500Principal().getName();
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError("no handshake", e);
    }
  }

  private static final class TrustEverybody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  @Test
  void aHostileWarIsRefusedInOneLine() throws IOException {
    commands.expect("outside of itself");
    RunningCommand server = launch(Wars.serving().with("../../evil", "evil"));
    assertThat(server.awaitExit()).as(server.log()).isEqualTo(78);
    assertThat(server.log().lines()).singleElement().asString().contains("../../evil");
    assertThat(commands.directory().resolve("run")).doesNotExist();
  }

  @Test
  void aKeyThatIsNoneIsRefusedByTheWorkers() throws IOException {
    commands.expect("holds no");
    Path none = Files.writeString(commands.directory().resolve("none.pem"), "no PEM");
    RunningCommand server =
        launch(Wars.serving(), "--tls-certificate", none.toString(), "--tls-key", none.toString());
    assertThat(server.awaitExit()).as(server.log()).isEqualTo(78);
    assertThat(server.log()).contains(none + " holds no certificate in PEM");
  }
}
