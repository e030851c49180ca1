package dev.prefork.testing;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * A program that knows nothing of Prefork and accepts in the way of its second argument. It answers
 * an HTTP request with its process id.
 */
public final class AnyProgram {
  private static final int LONG_MS = 60_000;
  private static final int QUEUE = 100;

  private AnyProgram() {}

  /** Serves the loopback port of the first argument. */
  public static void main(String[] args) throws Exception {
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
      while (true) {
        SocketChannel client = server.accept();
        serve(
            client,
            () -> answer(Channels.newInputStream(client), Channels.newOutputStream(client)));
      }
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
    while (line != null && !line.isEmpty()) {
      line = request.readLine();
    }
    String answer = "HTTP/1.0 200 OK\r\n\r\n" + ProcessHandle.current().pid();
    out.write(answer.getBytes(StandardCharsets.US_ASCII));
    return null;
  }
}
