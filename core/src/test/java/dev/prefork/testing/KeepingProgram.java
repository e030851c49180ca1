package dev.prefork.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A program that knows nothing of Prefork, and never shuts its server down: it keeps its
 * connections, answers each line in two parts with a pause before each, and prints what it has
 * begun and what answered.
 */
public final class KeepingProgram {
  private static final int PAUSE_MS = 3;

  private KeepingProgram() {}

  /** Serves the loopback port of its argument for ever; what a second one says as it ends. */
  public static void main(String[] args) throws IOException {
    if (args.length > 1) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println(args[1])));
    }
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket server = new ServerSocket(Integer.parseInt(args[0]), 50, loopback)) {
      while (true) {
        Socket client = server.accept();
        Thread.ofPlatform().start(() -> serve(client));
      }
    }
  }

  private static void serve(Socket client) {
    try (client) {
      client.setTcpNoDelay(true); // else it would be done most of the time, and the kernel wait
      OutputStream out = client.getOutputStream();
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
      while (in.readLine() != null) {
        System.out.println("begun");
        Thread.sleep(PAUSE_MS);
        out.write("ans".getBytes(StandardCharsets.US_ASCII));
        Thread.sleep(PAUSE_MS);
        out.write("wer\n".getBytes(StandardCharsets.US_ASCII));
        System.out.println("answered");
      }
    } catch (IOException | InterruptedException e) {
      System.out.println("cut: " + e);
    }
  }
}
