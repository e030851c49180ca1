package dev.prefork.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prefork.AcceptMode;
import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import dev.prefork.posix.Errno;
import dev.prefork.posix.FakePosix;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class ListenersTest {
  private static final String LOCAL = "127.0.0.1:0";

  private final FakePosix posix = new FakePosix();

  private Listeners open(String... addresses) {
    return open(AcceptMode.FCNTL, addresses);
  }

  private Listeners open(AcceptMode accept, String... addresses) {
    return Listeners.open(posix, List.of(addresses), 16, accept, false);
  }

  private void assertRefused(ExitStatus status, Runnable opening, String... parts) {
    assertThatThrownBy(opening::run)
        .hasMessageContainingAll(parts)
        .asInstanceOf(InstanceOfAssertFactories.type(PreforkException.class))
        .extracting(PreforkException::status)
        .isEqualTo(status);
    assertThat(posix.openDescriptors()).isEmpty();
  }

  @Test
  void thePortThatTheKernelChoseIsKnown() {
    Listeners listeners = open(LOCAL);

    assertThat(listeners.addresses())
        .containsExactly(new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000));
    assertThat(listeners.all().getFirst().backlog()).isEqualTo(16);
  }

  @Test
  void underALockOneListenerBlocks() {
    Listeners listeners = open(AcceptMode.FLOCK, LOCAL);

    assertThat(posix.isBlocking(listeners.all().getFirst().socket())).isTrue();
  }

  @Test
  void withoutALockAWorkerWaitsFirstAndMustNotBlockAfter() {
    Listeners listeners = open(AcceptMode.KERNEL, LOCAL);

    assertThat(posix.isBlocking(listeners.all().getFirst().socket())).isFalse();
  }

  @Test
  void severalListenersDoNotBlock() {
    Listeners listeners = open(LOCAL, "[::1]:0", LOCAL);

    assertThat(listeners.all()).hasSize(3).noneMatch(each -> posix.isBlocking(each.socket()));
  }

  @Test
  void ifOneCannotBeBoundNoneIsLeftOpen() {
    posix.fail("listen", Errno.EACCES, 1);

    assertRefused(ExitStatus.UNAVAILABLE, () -> open(LOCAL, "127.0.0.1:80"), "127.0.0.1:80");
    assertThat(posix.calls()).contains("close fd 3");
  }

  @Test
  void aListenerWhoseAddressCannotBeToldIsClosedToo() {
    posix.fail("localAddress", Errno.EPERM);

    assertThatThrownBy(() -> open(LOCAL)).hasMessageContaining("EPERM");
    assertThat(posix.openDescriptors()).isEmpty();
  }

  @Test
  void nothingIsBoundBeforeEveryAddressIsUnderstood() {
    assertRefused(ExitStatus.USAGE, () -> open(LOCAL, "nonsense"), "nonsense");
    assertThat(posix.calls()).isEmpty();
  }

  @Test
  void closingClosesAll() {
    open(LOCAL, LOCAL).close();

    assertThat(posix.openDescriptors()).isEmpty();
  }

  @Test
  void aPortInUseByNobodyKnownHasAHint() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    posix.fail("listen", Errno.EADDRINUSE);

    assertRefused(
        ExitStatus.UNAVAILABLE,
        () -> open("127.0.0.1:" + free),
        "Address already in use (listen: EADDRINUSE)",
        "choose another port");
  }

  @Test
  void theHolderOfAPortIsNamed() throws IOException {
    try (ServerSocket held = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      posix.fail("listen", Errno.EADDRINUSE);

      assertRefused(
          ExitStatus.UNAVAILABLE,
          () -> open("127.0.0.1:" + held.getLocalPort()),
          "held by process " + ProcessHandle.current().pid() + " (",
          "stop it, or choose another port");
    }
  }

  @Test
  void aPrivilegedPortHasAHint() {
    posix.fail("listen", Errno.EACCES);

    assertRefused(
        ExitStatus.UNAVAILABLE, () -> open("127.0.0.1:80"), "EACCES", "CAP_NET_BIND_SERVICE");
  }

  @Test
  void aForeignAddressHasAHint() {
    posix.fail("listen", Errno.EADDRNOTAVAIL);

    assertRefused(
        ExitStatus.UNAVAILABLE,
        () -> open("192.0.2.1:80"),
        "EADDRNOTAVAIL",
        "192.0.2.1 is no address of this machine");
  }

  @Test
  void otherErrorsStandForThemselves() {
    posix.fail("listen", new Errno(24));

    assertRefused(
        ExitStatus.UNAVAILABLE, () -> open(LOCAL), "Too many open files (listen: EMFILE)");
  }
}
