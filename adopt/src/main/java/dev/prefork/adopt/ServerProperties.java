package dev.prefork.adopt;

import java.util.Properties;
import jdk.internal.misc.Unsafe;

/** What well-known servers ask the system properties, answered where the program has not. */
final class ServerProperties {
  private static final String JETTY_REFERENCES = "org.eclipse.jetty.util.referencesPerCacheLine";

  /** Of every processor that Jetty knows; it divides this by the size of a reference. */
  private static final int CACHE_LINE_BYTES = 64;

  private final Properties properties;

  ServerProperties(Properties properties) {
    this.properties = properties;
  }

  void answer() {
    // Netty's native transports bind by calls of their own, where the listener is the supervisor's:
    // to a program that asks whether they are there, they are not, and it takes NIO. So does gRPC
    // with grpc-netty-shaded, whose copy of Netty reads a property of its own.
    answer("io.netty.transport.noNative", "true");
    answer("io.grpc.netty.shaded.io.netty.transport.noNative", "true");
    // Jetty else learns it from an MBean, of a server that it starts with all the JVM's beans for
    // that: a third of its start, and 5 MB.
    if (!properties.containsKey("org.eclipse.jetty.util.cacheLineBytes")) {
      answer(
          JETTY_REFERENCES, Integer.toString(CACHE_LINE_BYTES / Unsafe.ARRAY_OBJECT_INDEX_SCALE));
    }
  }

  private void answer(String name, String value) {
    var _ = properties.putIfAbsent(name, value);
  }
}
