package dev.prefork.testing;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * A program that knows nothing of Prefork and accepts in the way of its second argument. It answers
 * an HTTP request with its process id; a path {@code /NUMBER} so many milliseconds later; and the
 * path {@code /jar} with its jar, which the JDK sends to a channel by sendfile(2).
 */
public final class AnyProgram {
  private static final int LONG_MS = 60_000;
  private static final int QUEUE = 100;

  private AnyProgram() {}

  /** Serves the loopback port of the first argument; or the path, in the way called unix. */
  public static void main(String[] args) throws Exception {
    if (args[1].equals("unix")) {
      unix(Path.of(args[0]));
      return;
    }
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
    switch (args[1]) {
      case "classic" -> classic(address, 0);
      case "timed" -> classic(address, LONG_MS);
      case "virtual" -> {
        FutureTask<@Nullable Void> serving = new FutureTask<>(() -> classic(address, 0));
        Thread.ofVirtual().start(serving);
        serving.get();
      }
      case "channel" -> channel(address);
      case "asynchronous" -> asynchronous(address);
      default -> throw new IllegalArgumentException(args[1]);
    }
  }

  private static @Nullable Void classic(InetSocketAddress address, int timeoutMs)
      throws IOException {
    try (ServerSocket server = new ServerSocket(address.getPort(), QUEUE, address.getAddress())) {
      server.setSoTimeout(timeoutMs);
      while (true) {
        Socket client = server.accept();
        serve(client, () -> answer(client.getInputStream(), client.getOutputStream()));
      }
    }
  }

  private static void channel(InetSocketAddress address) throws IOException {
    try (ServerSocketChannel server = ServerSocketChannel.open().bind(address, QUEUE)) {
      serve(server);
    }
  }

  /** As all do it: makes room for its file before, and takes it away after. */
  private static void unix(Path path) throws IOException {
    Files.deleteIfExists(path);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              try {
                Files.deleteIfExists(path);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }));
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      serve(server.bind(UnixDomainSocketAddress.of(path), QUEUE));
    }
  }

  private static void serve(ServerSocketChannel server) throws IOException {
    while (true) {
      SocketChannel client = server.accept();
      serve(
          client, () -> answer(Channels.newInputStream(client), Channels.newOutputStream(client)));
    }
  }

  private static void asynchronous(InetSocketAddress address)
      throws IOException, InterruptedException, ExecutionException {
    try (var server = AsynchronousServerSocketChannel.open().bind(address, QUEUE)) {
      while (true) {
        AsynchronousSocketChannel client = server.accept().get();
        serve(
            client,
            () -> answer(Channels.newInputStream(client), Channels.newOutputStream(client)));
      }
    }
  }

  private static void serve(Closeable client, Callable<@Nullable Void> answering) {
    FutureTask<@Nullable Void> serving =
        new FutureTask<>(() -> {
          try (client) {
            return answering.call();
          }
        });
    Thread.ofPlatform().start(serving);
  }

  private static @Nullable Void answer(InputStream in, OutputStream out) throws IOException {
    BufferedReader request =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
    String line = request.readLine();
    boolean wantsJar = line != null && line.startsWith("GET /jar ");
    if (line != null && line.matches("GET /\\d+ .*")) {
      pause(Long.parseLong(line.substring("GET /".length(), line.lastIndexOf(' '))));
    }
    while (line != null && !line.isEmpty()) {
      line = request.readLine();
    }
    out.write("HTTP/1.0 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    if (wantsJar) {
      var _ = Files.newInputStream(Path.of(System.getProperty("java.class.path"))).transferTo(out);
    } else {
      out.write(String.valueOf(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII));
    }
    return null;
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
