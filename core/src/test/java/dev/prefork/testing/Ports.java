package dev.prefork.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports for those who must be told one. */
public final class Ports {
  private Ports() {}

  /** One that is free now on the loopback address: another process may take it, but hardly will. */
  public static int free() {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    } catch (IOException e) {
      throw new AssertionError("no port is free", e);
    }
  }
}
