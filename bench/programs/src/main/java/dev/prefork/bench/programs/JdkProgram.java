package dev.prefork.bench.programs;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/** The JDK's interface to a server, and two that implement it. */
final class JdkProgram {
  /** The system property that says which implementation it is. */
  private static final String PROVIDER = "com.sun.net.httpserver.HttpServerProvider";

  private static final int BACKLOG = 1_024;
  private static final int THREADS = 32;
  private static final int GRACE_S = 2;

  private JdkProgram() {}

  /** The JDK's own: one thread waits for all connections. */
  static void serve(int port) throws IOException {
    serve(port, "sun.net.httpserver.");
  }

  /** Robaho's: each connection has a thread as long as it is open. */
  static void serveByRobaho(int port) throws IOException {
    serve(port, "robaho.net.httpserver.");
  }

  private static void serve(int port, String prefix) throws IOException {
    System.setProperty(PROVIDER, prefix + "DefaultHttpServerProvider");
    // Else the end of each kept answer waits for the client's delayed acknowledgement: 40 ms.
    System.setProperty(prefix + "nodelay", "true");
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
    server.setExecutor(Executors.newFixedThreadPool(THREADS));
    server.createContext(
        "/",
        exchange -> {
          byte[] answer = Answers.to(exchange.getRequestURI().getPath());
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    Runtime.getRuntime().addShutdownHook(new Thread(() -> server.stop(GRACE_S)));
    server.start();
  }
}
