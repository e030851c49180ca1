package dev.prefork.admin;

import java.util.Locale;

/**
 * Whom a browser believes to be talking to. A page of a stranger may let its own name resolve to
 * this machine and then read what it likes (DNS rebinding); but its name is what the browser sends
 * as Host. An address can't be rebound.
 */
final class HostCheck {
  private final String configured;

  /**
   * Allows a name besides {@code localhost} and addresses.
   *
   * @param configured the host that the listener was given
   */
  HostCheck(String configured) {
    this.configured = configured.toLowerCase(Locale.ROOT);
  }

  /**
   * Whether to answer.
   *
   * @param host the field's value, with or without a port; empty if there was none, as HTTP/1.0
   *     permits and no browser does
   */
  boolean allows(String host) {
    String name = withoutPort(host).toLowerCase(Locale.ROOT);
    return name.isEmpty()
        || name.equals("localhost")
        || name.equals(configured)
        || (name.startsWith("[") && name.endsWith("]"))
        || isIpv4(name);
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
  }

  private static boolean isIpv4(String name) {
    return name.matches("\\d{1,3}(\\.\\d{1,3}){3}");
  }
}
