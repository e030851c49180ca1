package dev.prefork.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:1978, 127.0.0.1, 1978",
    "0.0.0.0:0, 0.0.0.0, 0",
    "localhost:65535, localhost, 65535",
    "[::1]:80, ::1, 80",
    "[::]:080, ::, 80",
    "[fe80::1%eth0]:80, fe80::1%eth0, 80"
  })
  void anAddressIsHostAndPort(String text, String host, int port) {
    assertThat(ListenAddress.parse(text, "admin")).isEqualTo(new ListenAddress(host, port));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "80",
        ":80",
        "host",
        "host:",
        "host:x",
        "host:-1",
        "host:+1",
        "host:65536",
        "host:000080",
        "host:٨٠",
        "::1:80",
        "::1",
        "[::1]",
        "[::1]:",
        "[]:80",
        "[host]:80",
        "[::1:80",
        "::1]:80",
        " :80"
      })
  void whatIsNoneIsRefusedAsWritten(String text) {
    assertThatThrownBy(() -> ListenAddress.check(text))
        .hasMessageStartingWith("listen must be HOST:PORT")
        .hasMessageEndingWith("not \"" + text + "\"")
        .asInstanceOf(InstanceOfAssertFactories.type(PreforkException.class))
        .extracting(PreforkException::status)
        .isEqualTo(ExitStatus.USAGE);
  }

  @Test
  void anAddressResolvesToItself() {
    assertThat(new ListenAddress("::1", 80).resolve())
        .containsExactly(new InetSocketAddress(InetAddress.ofLiteral("::1"), 80));
  }

  @Test
  void aNameResolvesToEachOfItsAddressesOnce() {
    assertThat(new ListenAddress("localhost", 80).resolve())
        .isNotEmpty()
        .doesNotHaveDuplicates()
        .allMatch(address -> address.getAddress().isLoopbackAddress() && address.getPort() == 80);
  }

  @Test
  void anUnknownNameIsUnavailable() {
    assertThatThrownBy(() -> ListenAddress.resolve("no..such..host:80"))
        .hasMessageContainingAll("could not listen on no..such..host:80", "host name")
        .asInstanceOf(InstanceOfAssertFactories.type(PreforkException.class))
        .extracting(PreforkException::status)
        .isEqualTo(ExitStatus.UNAVAILABLE);
  }

  @Test
  void aPathIsAnAddressToo() {
    ListenAddress.check("unix:/run/greeting.sock");
    assertThat(ListenAddress.resolve("unix:/run/./x/../greeting.sock").toString())
        .isEqualTo("[/run/greeting.sock]");
    assertThat(ListenAddress.resolve("unix:greeting.sock").toString())
        .isEqualTo("[" + Path.of("greeting.sock").toAbsolutePath() + "]");
  }

  @Test
  void aPathThatNoSocketCanHaveIsRefused() {
    for (String path : List.of("", " ", "/" + "x".repeat(106))) {
      assertThatThrownBy(() -> ListenAddress.check("unix:" + path))
          .hasMessage(
              "listen must be unix:PATH with a path of at most 106 bytes, not \"unix:"
                  + path
                  + "\"");
    }
  }
}
