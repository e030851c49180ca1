package dev.prefork.admin;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import dev.prefork.config.Options;
import dev.prefork.listen.ListenAddress;
import java.net.InetSocketAddress;

/**
 * Where the admin listener listens: {@code HOST:PORT}, or a port alone, on the loopback address.
 */
final class AdminAddress {
  private static final String LOOPBACK = "127.0.0.1";

  private AdminAddress() {}

  /**
   * Reads an address.
   *
   * @throws PreforkException (usage) if it is none
   */
  static ListenAddress parse(String text) {
    boolean portAlone = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return ListenAddress.parse(portAlone ? LOOPBACK + ":" + text : text, Options.ADMIN.name());
  }

  /**
   * The address to bind: of a name, the first.
   *
   * @throws PreforkException (unavailable) if the name is unknown
   */
  static InetSocketAddress resolve(ListenAddress address) {
    return address.resolve().getFirst();
  }

  static PreforkException notBound(String address, String why) {
    return new PreforkException(
        ExitStatus.UNAVAILABLE,
        "could not bind the admin listener to "
            + address
            + ": "
            + why
            + "; choose another address with --admin");
  }
}
