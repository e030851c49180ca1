package dev.prefork.programs;

import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.server.handlers.GracefulShutdownHandler;

/** Undertow. Its graceful shutdown answers 503 on kept connections: they are to close before. */
public final class UndertowServer {
  private static final long GRACE_MS = 10_000;
  private static final long CLOSING_MS = 1_000;

  private static volatile boolean closing;

  private UndertowServer() {}

  public static void main(String[] args) {
    HttpHandler pid =
        exchange -> {
          exchange.setPersistent(exchange.isPersistent() && !closing);
          exchange.getResponseSender().send(Answers.to(exchange.getRequestPath()));
        };
    GracefulShutdownHandler graceful = new GracefulShutdownHandler(new BlockingHandler(pid));
    Undertow server =
        Undertow.builder()
            .addHttpListener(Integer.parseInt(args[0]), "0.0.0.0")
            .setHandler(graceful)
            .build();
    server.start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, graceful)));
  }

  private static void stop(Undertow server, GracefulShutdownHandler graceful) {
    try {
      closing = true;
      Thread.sleep(CLOSING_MS);
      graceful.shutdown();
      var _ = graceful.awaitShutdown(GRACE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.stop();
  }
}
