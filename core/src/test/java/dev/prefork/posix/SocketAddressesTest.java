package dev.prefork.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SocketAddressesTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1:80",
    "0.0.0.0, 0.0.0.0:80",
    "::1, [::1]:80",
    "::, [::]:80",
    "2001:db8:0:0:1:0:0:0, [2001:db8:0:0:1::]:80",
    "2001:0:0:1:0:0:0:1, [2001:0:0:1::1]:80",
    "1:0:3:4:5:6:7:8, [1:0:3:4:5:6:7:8]:80",
    "fe80:0:0:1:1:0:0:1, [fe80::1:1:0:0:1]:80"
  })
  void anAddressIsWrittenAsListenTakesIt(String host, String written) {
    assertThat(SocketAddresses.format(new InetSocketAddress(host, 80))).isEqualTo(written);
  }

  @Test
  void theZoneStays() throws UnknownHostException {
    byte[] linkLocal = InetAddress.getByName("fe80::1").getAddress();
    Inet6Address zoned = Inet6Address.getByAddress("", linkLocal, 1);

    assertThat(SocketAddresses.format(new InetSocketAddress(zoned, 80)))
        .isEqualTo("[fe80::1%1]:80");
  }

  @Test
  void aNameThatIsNotResolvedStays() {
    assertThat(SocketAddresses.format(InetSocketAddress.createUnresolved("name", 80)))
        .isEqualTo("name:80");
  }
}
