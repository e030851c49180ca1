package dev.prefork.accept;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prefork.AcceptMode;
import java.io.IOException;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class AcceptGateTest {
  private final Loopback loopback = new Loopback();
  @TempDir private Path temporary;

  @AfterEach
  void closeSockets() throws Exception {
    loopback.close();
  }

  static Stream<Arguments> modesAndListeners() {
    return Stream.of(AcceptMode.values())
        .flatMap(mode -> Stream.of(Arguments.of(mode, 1), Arguments.of(mode, 3)));
  }

  private List<ServerSocketChannel> listeners(int count) throws IOException {
    List<ServerSocketChannel> listeners = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      listeners.add(loopback.listener());
    }
    return listeners;
  }

  private AcceptGate gate(AcceptMode mode, List<ServerSocketChannel> listeners) throws IOException {
    return AcceptGate.open(mode, listeners, temporary.resolve("lock").toString());
  }

  /** A thread that asks the gate for one connection. */
  private static CompletableFuture<@Nullable SocketChannel> accepting(AcceptGate gate) {
    CompletableFuture<@Nullable SocketChannel> accepted = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            accepted.complete(gate.accept());
          } catch (IOException | RuntimeException e) {
            accepted.completeExceptionally(e);
          }
        });
    return accepted;
  }

  private static SocketChannel accept(AcceptGate gate) throws IOException {
    return requireNonNull(gate.accept(), "a connection waits");
  }

  private static @Nullable SocketChannel get(CompletableFuture<@Nullable SocketChannel> future)
      throws Exception {
    return future.get(Loopback.PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @MethodSource("modesAndListeners")
  void aConnectionToAnyListenerIsAcceptedInBlockingMode(AcceptMode mode, int count)
      throws Exception {
    List<ServerSocketChannel> listeners = listeners(count);
    AcceptGate gate = gate(mode, listeners);
    for (ServerSocketChannel listener : listeners) {
      Socket client = loopback.connect(listener);

      try (SocketChannel channel = accept(gate)) {
        assertThat(channel.getRemoteAddress()).isEqualTo(client.getLocalSocketAddress());
        assertThat(channel.isBlocking()).isTrue();
      }
      gate.leave();
    }
    gate.close();
  }

  @ParameterizedTest
  @MethodSource("modesAndListeners")
  void closingWakesAThreadThatWaits(AcceptMode mode, int count) throws Exception {
    List<ServerSocketChannel> listeners = listeners(count);
    AcceptGate gate = gate(mode, listeners);
    CompletableFuture<@Nullable SocketChannel> waiting = accepting(gate);
    CompletableFuture<@Nullable SocketChannel> behind = accepting(gate);

    gate.close();

    assertThat(get(waiting)).isNull();
    assertThat(get(behind)).isNull();
    assertThat(gate.isOpen()).isFalse();
    assertThat(gate.awaitServed(0)).isTrue();
    assertThat(gate.accept()).isNull();
    assertThat(listeners).noneMatch(ServerSocketChannel::isOpen);
  }

  @ParameterizedTest
  @EnumSource(AcceptMode.class)
  void whatHasBeenAcceptedIsWaitedFor(AcceptMode mode) throws Exception {
    List<ServerSocketChannel> listeners = listeners(1);
    AcceptGate gate = gate(mode, listeners);
    Socket client = loopback.connect(listeners.getFirst());
    try (SocketChannel channel = accept(gate)) {
      gate.close();

      assertThat(gate.awaitServed(20)).isFalse();
      assertThat(channel.isOpen()).isTrue();
    }
    assertThat(client.getInputStream().read()).isEqualTo(-1);
    gate.leave();
    assertThat(gate.awaitServed(0)).isTrue();
  }

  @Test
  void theEndOfTheLastConnectionEndsTheWait() throws Exception {
    List<ServerSocketChannel> listeners = listeners(1);
    AcceptGate gate = gate(AcceptMode.KERNEL, listeners);
    loopback.connect(listeners.getFirst());
    try (SocketChannel channel = accept(gate)) {
      gate.close();
      Thread.ofPlatform().start(gate::leave);

      assertThat(gate.awaitServed(Loopback.PATIENCE.toMillis())).isTrue();
      assertThat(channel.isOpen()).isTrue();
    }
  }

  @Test
  void aPauseEndsWithTheGate() throws Exception {
    AcceptGate gate = gate(AcceptMode.KERNEL, listeners(1));
    gate.pause(1);
    gate.close();

    gate.pause(Loopback.PATIENCE.toMillis() * 100);
    assertThat(gate.isOpen()).isFalse();
  }

  /** Counts who holds it. */
  private static final class CountingLock implements AcceptLock {
    int held;

    @Override
    public boolean acquire() {
      held++;
      return true;
    }

    @Override
    public void release() {
      held--;
    }

    @Override
    public void close() {}
  }

  @Test
  void anAcceptThatFailsGivesLockAndPlaceBack() throws Exception {
    CountingLock lock = new CountingLock();
    AcceptGate gate =
        new AcceptGate(
            new Acceptor() {
              @Override
              public @Nullable SocketChannel accept() throws IOException {
                assertThat(lock.held).isEqualTo(1);
                throw new IOException("Too many open files");
              }

              @Override
              public void close() {}
            },
            lock);

    assertThatThrownBy(gate::accept).isInstanceOf(IOException.class);
    assertThat(lock.held).isZero();
    assertThat(gate.awaitServed(0)).isTrue();
  }

  @Test
  void aClientThatGaveUpIsNoConnectionAndHoldsNothing() throws Exception {
    CountingLock lock = new CountingLock();
    AcceptGate gate =
        new AcceptGate(
            new Acceptor() {
              @Override
              public @Nullable SocketChannel accept() {
                return null;
              }

              @Override
              public void close() {}
            },
            lock);

    assertThat(gate.accept()).isNull();
    assertThat(lock.held).isZero();
    assertThat(gate.awaitServed(0)).isTrue();
  }
}
