package dev.prefork.testing;

import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A program that knows nothing of Prefork: the JDK's HTTP server on the port of its first argument.
 * It answers every request with its process id; a path {@code /NUMBER} so many milliseconds later,
 * {@code /busy/NUMBER} when it has computed for so long, {@code /exit} with its end, {@code /loop}
 * never, {@code /locales} with the JDK's locales, {@code /ready} with 503 twice and then with 200,
 * {@code /sick} always with 503.
 */
public final class WebProgram {
  private static final int GRACE_S = 10;
  private static final AtomicInteger HEALTH_CHECKS = new AtomicInteger();

  private WebProgram() {}

  /** Binds the wildcard address, as programs do; a second port is one that nobody shares. */
  public static void main(String[] args) throws IOException {
    for (int i = 1; i < args.length; i++) {
      HttpServer.create(new InetSocketAddress(Integer.parseInt(args[i])), 0).start();
    }
    HttpServer server = HttpServer.create(new InetSocketAddress(Integer.parseInt(args[0])), 500);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath().substring(1);
          boolean unready =
              path.equals("sick") || (path.equals("ready") && HEALTH_CHECKS.getAndIncrement() < 2);
          if (path.equals("touch")) {
            var _ = new File("touched").createNewFile();
          }
          if (path.equals("die")) {
            var _ = new ProcessBuilder("kill", "-9", "" + ProcessHandle.current().pid()).start();
          }
          if (path.equals("exit")) {
            System.exit(3); // waits for the hook, and that for this request
          }
          while (path.equals("loop")) {
            Thread.onSpinWait();
          }
          if (path.startsWith("busy/")) {
            compute(Long.parseLong(path.substring("busy/".length())));
          }
          pause(path.matches("\\d+") ? Long.parseLong(path) : 0);
          String text =
              path.equals("locales")
                  ? Arrays.toString(Locale.getAvailableLocales())
                  : Long.toString(ProcessHandle.current().pid());
          byte[] answer = text.getBytes(StandardCharsets.US_ASCII);
          exchange.getResponseHeaders().set("Connection", "close");
          exchange.sendResponseHeaders(unready ? 503 : 200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    Runtime.getRuntime().addShutdownHook(new Thread(() -> server.stop(GRACE_S)));
    server.start();
    System.out.println(
        "started on " + InetAddress.getLoopbackAddress() + " " + server.getAddress());
  }

  private static void compute(long millis) {
    long startNs = System.nanoTime();
    while (System.nanoTime() - startNs < millis * 1_000_000) {
      Thread.onSpinWait();
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
