package dev.prefork.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import dev.prefork.ServerEvent;
import dev.prefork.ServerEvent.Level;
import dev.prefork.ServerStatus;
import dev.prefork.ServerStatus.Phase;
import dev.prefork.ServerStatus.SlotLife;
import dev.prefork.ServerStatus.WorkerStatus;
import dev.prefork.posix.SocketAddresses;
import dev.prefork.testing.Await;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The protocol, over a real socket, to a server that is none. */
class ControlSocketTest {
  private static final ServerEvent.Stopped END =
      new ServerEvent.Stopped(ExitStatus.OK, "test: 2 workers drained, 0 cut");

  @TempDir private Path directory;

  private final FakeServer server = new FakeServer();
  private final List<LineChannel> peers = new ArrayList<>();
  private ControlSocket control;

  @BeforeEach
  void start() {
    control = new ControlSocket(SocketFile.open(directory), server);
    control.start();
  }

  @AfterEach
  void stop() throws IOException {
    for (LineChannel peer : peers) {
      peer.close();
    }
    control.end(END);
    control.close();
  }

  private SocketChannel connect() throws IOException {
    return SocketChannel.open(UnixDomainSocketAddress.of(directory.resolve("control.sock")));
  }

  private LineChannel peer() throws IOException {
    LineChannel peer = new LineChannel(connect(), 1 << 20);
    peers.add(peer);
    return peer;
  }

  private static String ask(LineChannel peer, String line) throws IOException {
    peer.write(line, Await.BOUND);
    return answer(peer);
  }

  private static String answer(LineChannel peer) throws IOException {
    String line = peer.read(Await.BOUND);
    return line == null ? "end" : line;
  }

  private static String request(String command, String arguments) {
    return "{\"version\":1,\"command\":\"" + command + "\",\"arguments\":{" + arguments + "}}";
  }

  @Test
  void oneConnectionAnswersOneRequestAfterTheOther() throws IOException {
    LineChannel peer = peer();
    assertThat(ask(peer, request("status", "")))
        .isEqualTo(
            "{\"version\":1,\"type\":\"result\",\"exit\":0,\"text\":\"ok\","
                + "\"snapshot\":{\"pid\":42}}");
    assertThat(ask(peer, request("history", "\"seconds\":60"))).endsWith("\"history\":60}");
    assertThat(ask(peer, request("deaths", ""))).endsWith("\"deaths\":[]}");
    assertThat(ask(peer, "{\"command\":\"status\",\"version\":1}")).contains("snapshot");
    peer.write(request("status", "") + "\n" + request("deaths", ""), Await.BOUND);
    assertThat(answer(peer)).contains("snapshot");
    assertThat(answer(peer)).contains("deaths");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          hello                                     | a value must begin with
          []                                        | it must be an object
          {}                                        | version must be a whole number
          {"version":2,"command":"status"}          | version must be 1, not 2
          {"version":1}                             | command must be a string
          {"version":1,"command":"status","x":1}    | it may not have a field
          {"version":1,"command":"reboot"}          | there is no command
          {"version":1,"command":"status","arguments":[]}                 | arguments must be an object
          {"version":1,"command":"status","arguments":{"x":1}}            | status: there is no argument
          {"version":1,"command":"history","arguments":{"seconds":0}}     | history: seconds must be 1 to 900, not 0
          {"version":1,"command":"scale"}                                 | scale: give either workers or change
          {"version":1,"command":"scale","arguments":{"workers":1,"change":1}} | scale: give either workers or change
          {"version":1,"command":"scale","arguments":{"workers":9}}       | scale: workers must be 0 to 8, not 9
          {"version":1,"command":"scale","arguments":{"change":7}}        | must be 0 to 8, not 9
          {"version":1,"command":"scale","arguments":{"workers":"2"}}     | scale: workers must be a whole number
          {"version":1,"command":"scale","arguments":{"workers":2,"timeout_ms":-1}} | timeout_ms must be 0 to 86400000
          {"version":1,"command":"retire"}                                | retire: slot must be a whole number
          {"version":1,"command":"retire","arguments":{"slot":5}}         | slot 5 holds no worker; these do: 0, 1
          {"version":1,"command":"stop","arguments":{"now":1}}            | stop: now must be true or false
          """)
  void whatIsNoRequestIsRefusedInWordsAndTheConnectionGoesOn(String line, String why)
      throws IOException {
    LineChannel peer = peer();
    assertThat(ask(peer, line)).contains("\"type\":\"error\",\"exit\":64").contains(why);
    assertThat(ask(peer, request("status", ""))).contains("\"exit\":0");
    assertThat(server.asked).isEmpty();
  }

  @Test
  void aLineThatIsTooLongIsRefusedAndTheConnectionEnds() throws IOException {
    LineChannel peer = peer();
    assertThat(ask(peer, "x".repeat(300_000))).contains("a line may have at most 16384 bytes");
    assertThat(answer(peer)).isEqualTo("end");
  }

  @Test
  void scaleAnswersWhenThePoolHasThatMany() throws IOException {
    server.whenAsked = _ -> server.status = FakeServer.running(4, 3);
    LineChannel peer = peer();
    peer.write(request("scale", "\"change\":2"), Await.BOUND);
    Await.until("the request", () -> server.asked.equals(List.of("resize 4")));
    server.status = FakeServer.running(4, 4);
    control.tell(new ServerEvent.Message(Level.INFO, "ready"));
    assertThat(answer(peer))
        .contains("\"exit\":0", "2 -> 4 workers, all ready in ")
        .contains("\"before\":2,\"wanted\":4,\"ready\":4,");
  }

  @Test
  void scaleSaysWhatIsMissingWhenTheTimeIsOver() throws IOException {
    server.whenAsked = _ -> server.status = FakeServer.running(4, 3);
    assertThat(ask(peer(), request("scale", "\"workers\":4,\"timeout_ms\":50")))
        .contains("\"exit\":75")
        .contains("2 -> 4 workers: 3 ready after 50ms; worker 3 gen 1 pid 103 is starting");
  }

  @Test
  void scaleThatIsOvertakenSaysSo() throws IOException {
    server.whenAsked = _ -> server.status = FakeServer.running(4, 3);
    LineChannel peer = peer();
    peer.write(request("scale", "\"workers\":4"), Await.BOUND);
    Await.until("the request", () -> !server.asked.isEmpty());
    server.status = FakeServer.running(1, 1);
    control.tell(new ServerEvent.Message(Level.INFO, "TTOU"));
    assertThat(answer(peer)).contains("\"exit\":75", "somebody else asked for 1 meanwhile");
  }

  @Test
  void scaleGivesUpOnSlotsThatHaveFailed() throws IOException {
    server.whenAsked =
        _ ->
            server.status =
                new ServerStatus(
                    Phase.RUNNING, 1, List.of(new WorkerStatus(0, 1, 0, SlotLife.FAILED)), 1, 1);
    assertThat(ask(peer(), request("scale", "\"workers\":1")))
        .contains("\"exit\":75", "slot 0 has failed and is not started again")
        .doesNotContain("after 30s"); // it did not wait for what can't come
  }

  @Test
  void retireTellsTheOldWorkerAndTheNew() throws IOException {
    LineChannel peer = peer();
    peer.write(request("retire", "\"slot\":1"), Await.BOUND);
    Await.until("the request", () -> server.asked.equals(List.of("retire 1")));
    server.status =
        new ServerStatus(
            Phase.RUNNING,
            2,
            List.of(
                new WorkerStatus(0, 1, 100, SlotLife.READY),
                new WorkerStatus(2, 1, 300, SlotLife.READY)),
            3,
            0);
    control.tell(new ServerEvent.Message(Level.INFO, "exited"));
    assertThat(answer(peer))
        .contains("worker 1 gen 1 pid 101 retired, worker 2 gen 1 pid 300 ready in ")
        .contains("\"old\":{\"slot\":1,\"generation\":1,\"pid\":101}")
        .contains("\"new\":{\"slot\":2,\"generation\":1,\"pid\":300}");
  }

  @Test
  void aServerThatIsStoppingTakesNoOrders() throws IOException {
    server.status = new ServerStatus(Phase.DRAINING, 2, List.of(), 2, 0);
    LineChannel peer = peer();
    for (String command : List.of("scale", "retire", "reopen-logs")) {
      String arguments =
          switch (command) {
            case "scale" -> "\"workers\":1";
            case "retire" -> "\"slot\":1";
            default -> "";
          };
      assertThat(ask(peer, request(command, arguments)))
          .contains("\"exit\":75", "the server is stopping");
    }
  }

  @Test
  void stopAnswersWithTheEndAndTheConnectionEndsWhenAllIsGivenBack() throws IOException {
    LineChannel peer = peer();
    peer.write(request("stop", ""), Await.BOUND);
    Await.until("the request", () -> server.asked.equals(List.of("stop")));
    control.end(END);
    assertThat(answer(peer)).contains("\"exit\":0", "2 workers drained, 0 cut");
    assertThat(directory.resolve("control.sock")).doesNotExist();
    control.close();
    assertThatThrownBy(
            () -> {
              if (peer.read(Await.BOUND) == null) {
                throw new IOException("end of file");
              }
            })
        .isInstanceOf(IOException.class);
  }

  @Test
  void stopDoesNotBecomeImmediateByBeingAskedTwice() throws IOException {
    server.status = new ServerStatus(Phase.DRAINING, 2, List.of(), 2, 0);
    assertThat(ask(peer(), request("stop", "\"timeout_ms\":0")))
        .contains("\"exit\":75", "still stopping");
    assertThat(server.asked).isEmpty();
    assertThat(ask(peer(), request("stop", "\"timeout_ms\":0,\"now\":true"))).contains("75");
    assertThat(server.asked).containsExactly("stop now");
  }

  @Test
  void eventsAreToldAsTheyCome() throws IOException {
    control.tell(new ServerEvent.Message(Level.INFO, "before"));
    LineChannel peer = peer();
    assertThat(ask(peer, request("events", "")))
        .contains("\"type\":\"event\"", "\"event\":\"message\",\"text\":\"before\"");
    assertThat(answer(peer)).contains("\"type\":\"result\"");
    peer.write(request("events", "\"follow\":true"), Await.BOUND);
    Thread teller = Thread.ofPlatform().start(() -> tellUntilInterrupted());
    try {
      assertThat(answer(peer)).contains("\"text\":\"now\"");
    } finally {
      teller.interrupt();
    }
  }

  private void tellUntilInterrupted() {
    while (!Thread.interrupted()) {
      control.tell(new ServerEvent.Message(Level.INFO, "now"));
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Test
  void aPeerThatHasSentAllAndEndedItsSideIsAnswered() throws IOException {
    SocketChannel channel = connect();
    LineChannel peer = new LineChannel(channel, 1 << 20);
    peers.add(peer);
    server.whenAsked = _ -> server.status = FakeServer.running(3, 2);
    peer.write(request("scale", "\"workers\":3"), Await.BOUND);
    var _ = channel.shutdownOutput();
    assertThat(answer(peer)).isEqualTo("{\"version\":1,\"type\":\"waiting\"}");
    server.status = FakeServer.running(3, 3);
    control.tell(new ServerEvent.Message(Level.INFO, "ready"));
    assertThat(answer(peer)).contains("2 -> 3 workers, all ready");
  }

  @Test
  void aPeerThatHasGoneGivesItsPlaceBack() throws IOException {
    for (int i = 0; i < 3 * ControlSocket.MAX_CONNECTIONS; i++) {
      LineChannel gone = new LineChannel(connect(), 1 << 20);
      gone.write(request("events", "\"follow\":true"), Await.BOUND);
      gone.close();
    }
    Await.until("a place", () -> answersStatus());
  }

  private boolean answersStatus() {
    try (LineChannel peer = new LineChannel(connect(), 1 << 20)) {
      return ask(peer, request("status", "")).contains("\"exit\":0");
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void oneConnectionTooManyIsToldSo() throws IOException {
    for (int i = 0; i < ControlSocket.MAX_CONNECTIONS; i++) {
      assertThat(ask(peer(), request("status", ""))).contains("\"exit\":0");
    }
    LineChannel refused = peer();
    assertThat(answer(refused)).contains("\"exit\":75", "has 16 control connections already");
  }

  @Test
  void theSocketIsForItsOwnerAlone() throws IOException {
    Path socket = directory.resolve("control.sock");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
        .isEqualTo("rw-------");
  }

  @Test
  void aSocketThatAKilledSupervisorHasLeftIsReplaced(@TempDir Path other) throws IOException {
    Path path = other.resolve("control.sock");
    ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(path))
        .close();
    assertThat(path).exists();
    try (SocketFile _ = SocketFile.open(other);
        SocketChannel peer = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      assertThat(peer.isConnected()).isTrue();
    }
    assertThat(path).doesNotExist();
  }

  @Test
  void aPathThatNoSocketCanHaveIsRefused(@TempDir Path other) {
    int name = SocketAddresses.MAX_PATH - other.toString().length() - "//control.sock".length();
    assertThatThrownBy(() -> SocketFile.open(other.resolve("d".repeat(name + 1))))
        .isInstanceOfSatisfying(
            PreforkException.class, e -> assertThat(e.status()).isEqualTo(ExitStatus.CONFIGURATION))
        .hasMessageContaining("its path has 107 bytes, a socket's may have 106")
        .hasMessageContaining("runtime-dir");
    assertThatThrownBy(() -> SocketFile.open(other.resolve("d".repeat(name))))
        .hasMessageContaining("No such file or directory"); // short enough, and not made
  }
}
