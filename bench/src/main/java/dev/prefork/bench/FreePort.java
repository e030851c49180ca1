package dev.prefork.bench;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** For servers that must be told their port before they start. */
final class FreePort {
  private FreePort() {}

  /** One that nobody listens on now. */
  static int find() {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    } catch (IOException e) {
      throw new PreforkException(ExitStatus.UNAVAILABLE, "no port is free: " + e);
    }
  }
}
