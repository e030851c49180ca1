package dev.prefork.accept;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.AcceptMode;
import dev.prefork.ConnectionHandler;
import dev.prefork.ConnectionTimeoutException;
import dev.prefork.LogFormat;
import dev.prefork.WorkerIdentity;
import dev.prefork.scoreboard.Scoreboards;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AcceptLoopTest {
  private static final WorkerIdentity WORKER = new WorkerIdentity(0, 1, 1);

  @TempDir private Path folder;

  private final Loopback loopback = new Loopback();
  private final ServerSocketChannel listener = loopback.listener();
  private final PrintStream realErr = System.err;
  private final ByteArrayOutputStream complaints = new ByteArrayOutputStream();

  AcceptLoopTest() throws IOException {
    System.setErr(new PrintStream(complaints, true, UTF_8));
  }

  @AfterEach
  void restore() throws Exception {
    System.setErr(realErr);
    loopback.close();
  }

  private static Thread start(AcceptGate gate, ConnectionHandler handler, long timeoutMs) {
    return start(gate, handler, timeoutMs, _ -> {});
  }

  private static Thread start(
      AcceptGate gate, ConnectionHandler handler, long timeoutMs, Recycling.Report recycling) {
    gate.letIn();
    DeadlineWatch watch = new DeadlineWatch(1);
    Thread.ofPlatform().daemon().start(watch);
    AcceptLoop loop =
        new AcceptLoop(
            gate,
            handler,
            watch,
            Scoreboards.create(8, 1),
            0,
            WORKER,
            timeoutMs,
            new Recycling(0, recycling),
            new HeapReturn(),
            null);
    return Thread.ofPlatform().daemon().start(loop);
  }

  /** The line that the access log has of one connection, after the client has done its part. */
  private String accessLine(ConnectionHandler handler, long timeoutMs, Conversation client)
      throws Exception {
    Path file = folder.resolve("access.log");
    AccessLog log = AccessLog.toFile(file.toString(), LogFormat.TEXT, WORKER);
    Thread.ofPlatform().daemon().start(log);
    AcceptGate gate = gate();
    DeadlineWatch watch = new DeadlineWatch(1);
    Thread.ofPlatform().daemon().start(watch);
    AcceptLoop loop =
        new AcceptLoop(
            gate,
            handler,
            watch,
            Scoreboards.create(8, 1),
            0,
            WORKER,
            timeoutMs,
            new Recycling(0, _ -> {}),
            new HeapReturn(),
            log);
    Thread.ofPlatform().daemon().start(loop);
    Socket socket = loopback.connect(listener);
    client.with(socket);
    Loopback.await("the line", () -> file.toFile().length() > 0);
    gate.close();
    return Files.readString(file);
  }

  /** Of that line outcome and bytes. */
  private String outcome(ConnectionHandler handler, long timeoutMs, Conversation client)
      throws Exception {
    String line = accessLine(handler, timeoutMs, client);
    assertThat(line)
        .matches("\\S+Z 127.0.0.1:\\d+ - \\d+ \\d+ \\d+\\.\\d{3} \\w+ " + WORKER + "\n");
    String[] fields = line.split(" ", -1);
    return fields[6] + ", in " + fields[3] + ", out " + fields[4];
  }

  private interface Conversation {
    void with(Socket socket) throws IOException;
  }

  @Test
  void aServedConnectionIsOk() throws Exception {
    String outcome =
        outcome(
            connection -> {
              connection.input().read();
              connection.output().write("answer".getBytes(UTF_8));
            },
            20_000,
            socket -> {
              socket.getOutputStream().write("abc".getBytes(UTF_8));
              assertThat(answer(socket)).isEqualTo("answer");
            });

    assertThat(outcome).isEqualTo("ok, in 3, out 6");
  }

  @Test
  void theLineHasWhatTheApplicationCalledTheConnectionLast() throws Exception {
    int[] port = new int[1];
    String line =
        accessLine(
            connection -> {
              connection.label("GET /cart");
              connection.nextRequest("POST /order");
            },
            20_000,
            socket -> {
              port[0] = socket.getLocalPort();
              assertThat(answer(socket)).isEmpty();
            });

    assertThat(line).contains("Z 127.0.0.1:" + port[0] + " \"POST /order\" 0 0 ");
  }

  @Test
  void aConnectionPastItsDeadlineIsATimeoutEvenIfAnswered() throws Exception {
    String outcome =
        outcome(
            connection -> {
              try {
                connection.input().read();
              } catch (ConnectionTimeoutException e) {
                connection.output().write("late".getBytes(UTF_8));
              }
            },
            20,
            socket -> assertThat(answer(socket)).isEqualTo("late"));

    assertThat(outcome).isEqualTo("timeout, in 0, out 4");
  }

  @Test
  void aDeadlineThatTheHandlerLetsPassIsATimeoutToo() throws Exception {
    String outcome =
        outcome(
            connection -> connection.input().readAllBytes(),
            20,
            socket -> assertThat(answer(socket)).isEmpty());

    assertThat(outcome).isEqualTo("timeout, in 0, out 0");
  }

  @Test
  void aPeerThatResetsIsAReset() throws Exception {
    String outcome =
        outcome(
            connection -> connection.input().readAllBytes(),
            20_000,
            socket -> {
              socket.getOutputStream().write(1);
              socket.setSoLinger(true, 0);
              socket.close();
            });

    assertThat(outcome).startsWith("reset, ").endsWith(", out 0");
  }

  @Test
  void aHandlerThatThrowsIsAnError() throws Exception {
    String outcome =
        outcome(
            connection -> {
              throw new IllegalStateException("a bug");
            },
            20_000,
            socket -> assertThat(answer(socket)).isEmpty());

    assertThat(outcome).isEqualTo("error, in 0, out 0");
  }

  private AcceptGate gate() throws IOException {
    AcceptGate gate = AcceptGate.open(AcceptMode.KERNEL, List.of(listener), "");
    gate.letIn();
    return gate;
  }

  @Test
  void nobodyAcceptsBeforeItIsLetIn() throws Exception {
    AcceptGate gate = AcceptGate.open(AcceptMode.KERNEL, List.of(listener), "");
    CountDownLatch served = new CountDownLatch(1);
    AcceptLoop loop =
        new AcceptLoop(
            gate,
            _ -> served.countDown(),
            new DeadlineWatch(1),
            Scoreboards.create(8, 1),
            0,
            WORKER,
            Loopback.PATIENCE.toMillis(),
            new Recycling(0, _ -> {}),
            new HeapReturn(),
            null);
    Thread thread = Thread.ofPlatform().daemon().start(loop);
    loopback.connect(listener);
    Loopback.await("the gate", () -> thread.getState() == Thread.State.WAITING);
    assertThat(served.getCount()).isEqualTo(1);

    gate.letIn();
    assertThat(served.await(Loopback.PATIENCE.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
    gate.close();
  }

  private static String answer(Socket client) throws IOException {
    return new String(client.getInputStream().readAllBytes(), UTF_8);
  }

  @Test
  void connectionsAreServedOneAfterTheOtherUntilTheGateCloses() throws Exception {
    AcceptGate gate = gate();
    Thread loop =
        start(
            gate,
            connection -> {
              int said = connection.input().read();
              connection.output().write(said + 1);
            },
            20_000);
    for (int i = 'a'; i < 'f'; i++) {
      Socket client = loopback.connect(listener);
      client.getOutputStream().write(i);
      assertThat(answer(client)).isEqualTo(Character.toString(i + 1));
    }
    gate.close();

    assertThat(loop.join(Loopback.PATIENCE)).isTrue();
    assertThat(gate.awaitServed(0)).isTrue();
    assertThat(complaints.toString(UTF_8)).isEmpty();
  }

  @Test
  void nothingThatAHandlerThrowsEndsTheLoop() throws Exception {
    AcceptGate gate = gate();
    Queue<Throwable> failures =
        new ArrayDeque<>(
            List.of(
                new IllegalStateException("a bug"),
                new StackOverflowError("deep"),
                new IOException("the database, not the peer")));
    start(
        gate,
        connection -> {
          connection.output().write('x');
          Throwable failure = failures.poll();
          if (failure instanceof Error error) {
            throw error;
          } else if (failure instanceof Exception exception) {
            throw exception;
          }
        },
        20_000);
    for (int i = 0; i < 4; i++) {
      assertThat(answer(loopback.connect(listener))).isEqualTo("x");
    }
    gate.close();

    assertThat(complaints.toString(UTF_8))
        .contains(
            "the handler failed on a connection from /127.0.0.1:",
            "a bug",
            "deep",
            "the database, not the peer");
  }

  @Test
  void aPeerThatGoesAwayIsAnEverydayAffair() throws Exception {
    AcceptGate gate = gate();
    start(
        gate,
        connection -> {
          int said = connection.input().read();
          connection.output().write(said);
        },
        20_000);
    Socket rude = loopback.connect(listener);
    rude.setSoLinger(true, 0);
    rude.close();
    Socket polite = loopback.connect(listener);
    polite.getOutputStream().write('y');

    assertThat(answer(polite)).isEqualTo("y");
    gate.close();
    assertThat(complaints.toString(UTF_8)).isEmpty();
  }

  @Test
  void aHandlerCanStillAnswerAfterTheDeadline() throws Exception {
    AcceptGate gate = gate();
    start(
        gate,
        connection -> {
          try {
            connection.output().write(connection.input().read());
          } catch (ConnectionTimeoutException e) {
            connection.output().write("too slow".getBytes(UTF_8));
          }
        },
        20);

    assertThat(answer(loopback.connect(listener))).isEqualTo("too slow");
    gate.close();
  }

  @Test
  void anAcceptThatFailsIsSaidOnceAndTriedAgain() throws Exception {
    SocketChannel[] channel = new SocketChannel[1];
    Socket client = loopback.connect(listener);
    channel[0] = loopback.accept(listener);
    AcceptGate gate =
        new AcceptGate(
            new Acceptor() {
              private int calls;

              @Override
              public @Nullable SocketChannel accept() throws IOException {
                calls++;
                if (calls <= 3) {
                  throw new IOException("Too many open files");
                }
                return calls == 4 ? channel[0] : null;
              }

              @Override
              public void close() {}
            },
            new NoLock());
    start(gate, connection -> connection.output().write('x'), 20_000);

    assertThat(answer(client)).isEqualTo("x");
    gate.close();
    assertThat(complaints.toString(UTF_8))
        .containsOnlyOnce("could not accept a connection: Too many open files");
  }

  @ParameterizedTest
  @EnumSource
  void anInterruptThatAHandlerLeavesBehindReachesNoAccept(AcceptMode mode) throws Exception {
    AcceptGate gate = AcceptGate.open(mode, List.of(listener), folder.resolve("lock").toString());
    ConnectionHandler handler =
        connection -> {
          connection.output().write('x');
          Thread.currentThread().interrupt();
        };
    start(gate, handler, 20_000);

    assertThat(answer(loopback.connect(listener))).isEqualTo("x");
    assertThat(answer(loopback.connect(listener))).isEqualTo("x");
    gate.close();
  }

  @Test
  void anInterruptWhileTheWorkerWaitsIsForgotten() throws Exception {
    AcceptGate gate = gate();
    Thread thread = start(gate, connection -> connection.output().write('x'), 20_000);
    assertThat(answer(loopback.connect(listener))).isEqualTo("x");
    thread.interrupt();

    assertThat(answer(loopback.connect(listener))).isEqualTo("x");
    assertThat(thread.isInterrupted()).isFalse();
    gate.close();
  }

  /** The JDK closes the lock or the listener that a thread is interrupted in. */
  @Test
  void aWorkerThatAnInterruptKeepsFromAcceptingAsksToBeReplaced() throws Exception {
    AcceptGate gate =
        AcceptGate.open(AcceptMode.FCNTL, List.of(listener), folder.resolve("lock").toString());
    CompletableFuture<String> reason = new CompletableFuture<>();
    Thread thread = start(gate, _ -> {}, 20_000, reason::complete);
    thread.interrupt();

    assertThat(reason.get(Loopback.PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .isEqualTo("it was interrupted while it waited for a connection");
    thread.join(Loopback.PATIENCE);
    assertThat(thread.isAlive()).isFalse();
    assertThat(gate.isOpen()).isFalse();
  }
}
