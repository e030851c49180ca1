package dev.prefork.testing;

import dev.prefork.server.PreforkServer;
import java.net.InetSocketAddress;

/** Where a server listens that has addresses of the internet alone. */
public final class Addresses {
  private Addresses() {}

  /** Its first. */
  public static InetSocketAddress first(PreforkServer server) {
    return (InetSocketAddress) server.addresses().getFirst();
  }

  /** Its last. */
  public static InetSocketAddress last(PreforkServer server) {
    return (InetSocketAddress) server.addresses().getLast();
  }
}
