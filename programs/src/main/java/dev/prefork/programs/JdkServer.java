package dev.prefork.programs;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/** The JDK's interface, and what implements it: the provider that the second argument names. */
public final class JdkServer {
  private static final int GRACE_S = 5;
  private static final int THREADS = 32;

  private JdkServer() {}

  public static void main(String[] args) throws IOException {
    System.setProperty("com.sun.net.httpserver.HttpServerProvider", args[1]);
    HttpServer server = HttpServer.create(new InetSocketAddress(Integer.parseInt(args[0])), 500);
    server.setExecutor(Executors.newFixedThreadPool(THREADS));
    server.createContext(
        "/",
        exchange -> {
          String answer = Answers.to(exchange.getRequestURI().getPath());
          byte[] body = answer.getBytes(StandardCharsets.US_ASCII);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    Runtime.getRuntime().addShutdownHook(new Thread(() -> server.stop(GRACE_S)));
    server.start();
  }
}
