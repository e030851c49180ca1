package dev.prefork.listen;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * An address of the internet as written: {@code 127.0.0.1:1978}, {@code [::1]:1978} or {@code
 * name:1978}. Besides those there are {@linkplain UnixPath paths}.
 *
 * @param host an IPv4 or IPv6 address (without brackets) or a name
 * @param port 0 to 65535; 0 lets the kernel choose
 */
public record ListenAddress(String host, int port) {
  private static final String LISTEN = "listen";
  private static final int MAX_PORT = 65_535;

  /**
   * Refuses what {@code --listen} does not take.
   *
   * @throws PreforkException (usage) if it is neither an address nor {@code unix:PATH}
   */
  public static void check(String text) {
    if (text.startsWith(UnixPath.PREFIX)) {
      var _ = UnixPath.parse(text);
    } else {
      var _ = parse(text, LISTEN);
    }
  }

  /**
   * Every address that a text of {@code --listen} stands for: a name is one for all that it
   * resolves to.
   *
   * @throws PreforkException (usage) if it is none; (unavailable) if the name is unknown
   */
  static List<? extends SocketAddress> resolve(String text) {
    return text.startsWith(UnixPath.PREFIX)
        ? List.of(UnixPath.parse(text))
        : parse(text, LISTEN).resolve();
  }

  /**
   * Reads an address.
   *
   * @param option what is to be an address, for the error
   * @throws PreforkException (usage) if it is none
   */
  public static ListenAddress parse(String text, String option) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? text : text.substring(0, colon);
    int port = colon < 0 ? -1 : parsePort(text.substring(colon + 1));
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    String bare = bracketed ? host.substring(1, host.length() - 1) : host;
    boolean ipv6 = bare.indexOf(':') >= 0;
    if (bare.isBlank() || port < 0 || bracketed != ipv6) {
      throw new PreforkException(
          ExitStatus.USAGE,
          option
              + " must be HOST:PORT with a port of 0 to 65535, an IPv6 address in brackets"
              + " (127.0.0.1:80, [::1]:80, name:80)"
              + (option.equals(LISTEN) ? " or unix:PATH" : "")
              + ", not \""
              + text
              + "\"");
    }
    return new ListenAddress(bare, port);
  }

  private static int parsePort(String text) {
    boolean digits = !text.isEmpty() && text.length() <= 5;
    for (int i = 0; i < text.length(); i++) {
      digits &= text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    int port = digits ? Integer.parseInt(text) : -1;
    return port <= MAX_PORT ? port : -1;
  }

  /**
   * Every address that the host resolves to, without repetitions.
   *
   * @throws PreforkException (unavailable) if the name is unknown
   */
  public List<InetSocketAddress> resolve() {
    try {
      List<InetSocketAddress> addresses = new ArrayList<>();
      for (InetAddress ip : InetAddress.getAllByName(host)) {
        InetSocketAddress address = new InetSocketAddress(ip, port);
        if (!addresses.contains(address)) {
          addresses.add(address);
        }
      }
      return addresses;
    } catch (UnknownHostException e) {
      throw new PreforkException(
          ExitStatus.UNAVAILABLE,
          "could not listen on "
              + host
              + ":"
              + port
              + ": the host name is unknown; check the spelling, DNS or /etc/hosts");
    }
  }
}
