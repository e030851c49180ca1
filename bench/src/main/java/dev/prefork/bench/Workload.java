package dev.prefork.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What clients ask for over HTTP, and how.
 *
 * @param path what is asked for
 * @param length of the expected answer's body, in bytes
 * @param keepAlive whether a client keeps its connection for the next request
 */
record Workload(String path, int length, boolean keepAlive) {
  static final Workload HELLO = new Workload("/hello", 13, true);
  static final Workload HELLO_ONCE = HELLO.closing();

  /** Each answer with kept connections, then with one connection for each request. */
  static List<Workload> all() {
    List<Workload> all = new ArrayList<>();
    for (Workload kept :
        List.of(HELLO, new Workload("/10k", 10_240, true), new Workload("/cpu", 5, true))) {
      all.add(kept);
      all.add(kept.closing());
    }
    return all;
  }

  boolean computes() {
    return path.equals("/cpu");
  }

  private Workload closing() {
    return new Workload(path, length, false);
  }

  /** As tables call it. */
  String title() {
    String what =
        switch (path) {
          case "/10k" -> "10 KB";
          case "/cpu" -> "5 ms of processor time";
          default -> path.substring(1);
        };
    return what + ", " + (keepAlive ? "keep-alive" : "one connection per request");
  }

  byte[] request() {
    String close = keepAlive ? "" : "Connection: close\r\n";
    String text = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + close + "\r\n";
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
