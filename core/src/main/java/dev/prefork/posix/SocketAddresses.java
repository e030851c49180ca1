package dev.prefork.posix;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * How addresses are written everywhere: {@code 127.0.0.1:1978}, {@code [::1]:1978}, {@code
 * unix:/run/greeting.sock}.
 */
public final class SocketAddresses {
  /** The most bytes of a path: the kernel takes 107, unix(7), the JDK one less. */
  public static final int MAX_PATH = 106;

  /** In which paths are told to the kernel. */
  static final Charset NATIVE = Charset.forName(System.getProperty("native.encoding"));

  private SocketAddresses() {}

  /** How many bytes a path has for the kernel. */
  public static int length(Path path) {
    return path.toString().getBytes(NATIVE).length;
  }

  /**
   * Writes an address as {@code --listen} takes it. The peer of a Unix-domain socket most often has
   * none: {@code unix}.
   */
  public static String format(SocketAddress address) {
    if (address instanceof UnixDomainSocketAddress unix) {
      return unix.getPath().toString().isEmpty() ? "unix" : "unix:" + unix.getPath();
    }
    return format((InetSocketAddress) address);
  }

  private static String format(InetSocketAddress address) {
    if (address.isUnresolved()) {
      return address.getHostString() + ":" + address.getPort();
    }
    String host = address.getAddress().getHostAddress();
    if (address.getAddress() instanceof Inet6Address) {
      host = "[" + shorten(host) + "]";
    }
    return host + ":" + address.getPort();
  }

  /** Replaces the longest run of zero groups by {@code ::} (RFC 5952, section 4.2). */
  private static String shorten(String host) {
    int scope = host.indexOf('%');
    String zone = scope < 0 ? "" : host.substring(scope);
    String[] groups = (scope < 0 ? host : host.substring(0, scope)).split(":", -1);
    int bestStart = -1;
    int bestLength = 1; // a single zero group stays
    for (int start = 0; start < groups.length; start++) {
      int length = 0;
      while (start + length < groups.length && groups[start + length].equals("0")) {
        length++;
      }
      if (length > bestLength) {
        bestStart = start;
        bestLength = length;
      }
    }
    if (bestStart < 0) {
      return String.join(":", groups) + zone;
    }
    String head = String.join(":", Arrays.copyOfRange(groups, 0, bestStart));
    String tail =
        String.join(":", Arrays.copyOfRange(groups, bestStart + bestLength, groups.length));
    return head + "::" + tail + zone;
  }
}
