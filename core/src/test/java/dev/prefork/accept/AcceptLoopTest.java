package dev.prefork.accept;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.AcceptMode;
import dev.prefork.ConnectionHandler;
import dev.prefork.ConnectionTimeoutException;
import dev.prefork.WorkerIdentity;
import dev.prefork.scoreboard.Scoreboards;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AcceptLoopTest {
  private static final WorkerIdentity WORKER = new WorkerIdentity(0, 1, 1);

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
    DeadlineWatch watch = new DeadlineWatch(1);
    Thread.ofPlatform().daemon().start(watch);
    AcceptLoop loop =
        new AcceptLoop(gate, handler, watch, Scoreboards.create(8, 1), 0, WORKER, timeoutMs);
    return Thread.ofPlatform().daemon().start(loop);
  }

  private AcceptGate gate() throws IOException {
    return AcceptGate.open(AcceptMode.KERNEL, List.of(listener), "");
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
}
