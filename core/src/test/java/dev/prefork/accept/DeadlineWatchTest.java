package dev.prefork.accept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prefork.ConnectionTimeoutException;
import dev.prefork.WorkerIdentity;
import dev.prefork.scoreboard.Scoreboards;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeadlineWatchTest {
  private static final WorkerIdentity WORKER = new WorkerIdentity(0, 1, 1);

  /** The last answer's second is over too. */
  private static final Duration LONG_OVER = Duration.ofSeconds(-10);

  private final Loopback loopback = new Loopback();
  private final ServerSocketChannel listener = loopback.listener();
  private final DeadlineWatch watch = new DeadlineWatch(3);

  DeadlineWatchTest() throws IOException {}

  @AfterEach
  void closeSockets() throws Exception {
    loopback.close();
  }

  private SocketChannel channel() throws IOException {
    loopback.connect(listener);
    return loopback.accept(listener);
  }

  private static SocketConnection connection(SocketChannel channel, Duration deadline)
      throws IOException {
    long deadlineNs = System.nanoTime() + deadline.toNanos();
    return new SocketConnection(
        channel,
        channel.getRemoteAddress(),
        new ConnectionBuffers(),
        WORKER,
        Scoreboards.create(1, 1).lane(0, 0),
        new Recycling(0, _ -> {}),
        deadlineNs);
  }

  private Thread startWatch() {
    return Thread.ofPlatform().daemon().start(watch);
  }

  private static void awaitClosed(SocketChannel channel) {
    Loopback.await("the cut of a late connection", () -> !channel.isOpen());
  }

  @Test
  void onlyALateConnectionIsCut() throws IOException {
    SocketChannel late = channel();
    SocketChannel inTime = channel();
    SocketChannel served = channel();
    SocketConnection ended = connection(served, LONG_OVER);
    watch.begin(0, ended);
    watch.end(0);
    watch.begin(1, connection(inTime, Loopback.PATIENCE));
    watch.begin(2, connection(late, LONG_OVER));
    startWatch();

    awaitClosed(late);
    assertThat(inTime.isOpen()).isTrue();
    assertThat(served.isOpen()).isTrue();
  }

  @Test
  void aWatchAtRestIsWokenByTheNextConnection() throws IOException {
    Thread thread = startWatch();
    Loopback.await("the watch to rest", () -> thread.getState() == Thread.State.WAITING);
    SocketChannel late = channel();
    watch.begin(0, connection(late, LONG_OVER));

    awaitClosed(late);
    Loopback.await("the watch to rest again", () -> thread.getState() == Thread.State.WAITING);
  }

  @Test
  void atTheDeadlineAReadEndsAndAnAnswerCanStillBeSent() throws IOException {
    Socket client = loopback.connect(listener);
    SocketChannel channel = loopback.accept(listener);
    SocketConnection connection = connection(channel, Duration.ofMillis(20));
    watch.begin(0, connection);
    startWatch();

    assertThatThrownBy(connection.input()::read).isInstanceOf(ConnectionTimeoutException.class);
    connection.output().write('x');
    connection.output().flush();
    assertThat(client.getInputStream().read()).isEqualTo('x');
  }

  @Test
  void theDeadlineAndTheSecondForALastAnswerAreKept() throws IOException {
    SocketChannel channel = channel();
    long startNs = System.nanoTime();
    watch.begin(0, connection(channel, Duration.ofMillis(20)));
    startWatch();

    awaitClosed(channel);
    assertThat(Duration.ofNanos(System.nanoTime() - startNs))
        .isGreaterThanOrEqualTo(Duration.ofMillis(1_020));
  }

  @Test
  void aThreadThatWaitsInTheConnectionIsFreed() throws Exception {
    SocketChannel channel = channel();
    CompletableFuture<IOException> freed = new CompletableFuture<>();
    Thread reader =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              try {
                int _ = channel.read(ByteBuffer.allocate(1));
              } catch (IOException e) {
                freed.complete(e);
              }
            });
    Loopback.await("the read", () -> reader.getState() == Thread.State.RUNNABLE);
    startWatch();
    watch.begin(0, connection(channel, LONG_OVER));

    assertThat(freed.get(Loopback.PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .isInstanceOf(ClosedChannelException.class);
  }
}
