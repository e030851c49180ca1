package dev.prefork.bench.programs;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/** The JDK's own server. */
final class JdkProgram {
  private static final int BACKLOG = 1_024;
  private static final int THREADS = 32;
  private static final int GRACE_S = 2;

  private JdkProgram() {}

  static void serve(int port) throws IOException {
    // Else the end of each kept answer waits for the client's delayed acknowledgement: 40 ms.
    System.setProperty("sun.net.httpserver.nodelay", "true");
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
