package dev.prefork.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A program whose main is an instance's (JEP 512), of a class that is not public. It tells whoever
 * connects what its JVM told it: the class path, and whether its manifest's Add-Opens holds.
 */
final class InstanceProgram {
  void main(String[] args) throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    Module mine = InstanceProgram.class.getModule();
    boolean opened = Object.class.getModule().isOpen("java.lang", mine);
    String words = System.getProperty("java.class.path") + " " + opened + "\n";
    try (ServerSocket server = new ServerSocket(Integer.parseInt(args[0]), 50, loopback)) {
      while (true) {
        try (Socket client = server.accept()) {
          client.getOutputStream().write(words.getBytes(StandardCharsets.US_ASCII));
        }
      }
    }
  }
}
