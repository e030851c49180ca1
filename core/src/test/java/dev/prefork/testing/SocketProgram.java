package dev.prefork.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A program that knows nothing of Prefork: a classic ServerSocket on the loopback port of its
 * argument, which says its process id and its address to whoever connects.
 */
public final class SocketProgram {
  private SocketProgram() {}

  /** Serves for ever; with a second argument it never accepts. */
  public static void main(String[] args) throws IOException, InterruptedException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket server = new ServerSocket(Integer.parseInt(args[0]), 50, loopback)) {
      if (args.length > 1) {
        Thread.currentThread().join();
      }
      while (true) {
        try (Socket client = server.accept()) {
          String words =
              ProcessHandle.current().pid() + " " + server.getLocalSocketAddress() + "\n";
          client.getOutputStream().write(words.getBytes(StandardCharsets.US_ASCII));
        }
      }
    }
  }
}
