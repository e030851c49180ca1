package dev.prefork.testing;

import dev.prefork.Connection;
import dev.prefork.ConnectionHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Does what the first line of the connection says. The connection is the latch too: {@code wait}
 * answers a line once it is being served, and goes on when the client sends the next.
 */
public final class ObedientHandler implements ConnectionHandler {
  private static final List<byte[]> HOARD = new ArrayList<>();

  /** Called once by each worker. */
  public ObedientHandler() {}

  @Override
  public void handle(Connection connection) throws Exception {
    String[] words = readLine(connection.input()).split(" ", 2);
    String argument = words.length > 1 ? words[1] : "";
    switch (words[0]) {
      case "" -> {} // a client that only looked whether somebody listens
      case "pid" -> say(connection, Long.toString(connection.worker().pid()));
      case "echo" -> say(connection, argument);
      case "wait" -> {
        say(connection, Long.toString(connection.worker().pid()));
        say(connection, "went on with " + readLine(connection.input()));
      }
      case "hang" -> {
        say(connection, Long.toString(connection.worker().pid()));
        new CountDownLatch(1).await();
      }
      case "print" -> print(Integer.parseInt(argument));
      case "flood" -> flood(connection.output());
      case "exit" -> System.exit(Integer.parseInt(argument));
      case "overflow" -> say(connection, Integer.toString(depth(0)));
      case "hoard" -> hoard();
      case "heap" -> say(connection, Long.toString(Runtime.getRuntime().totalMemory()));
      case "burst" -> say(connection, Long.toString(burst(Integer.parseInt(argument))));
      case "loop" -> loopForEver(connection);
      case "recycle" -> {
        connection.recycleWorker(argument);
        say(connection, Long.toString(connection.worker().pid()));
      }
      case "sleep" -> {
        connection.label("sleep " + argument);
        Thread.sleep(Long.parseLong(argument));
        say(connection, Long.toString(connection.worker().pid()));
      }
      case "extend" -> {
        connection.extendDeadline(Duration.ofSeconds(60));
        Thread.sleep(Long.parseLong(argument));
        say(connection, Long.toString(connection.worker().pid()));
      }
      case "throw" -> throw new IllegalStateException(argument);
      case "child" -> say(connection, Long.toString(spawn(argument)));
      default -> throw new IllegalArgumentException("no such command: " + words[0]);
    }
  }

  @Override
  public void late(Thread thread) {
    System.err.println("late on " + thread.getName());
  }

  private static String readLine(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.append((char) next);
    }
    return line.toString();
  }

  private static void say(Connection connection, String line) throws IOException {
    connection.output().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    connection.output().flush();
  }

  /** Lines of 100 bytes on standard error, as fast as they are taken. */
  private static void print(int lines) {
    String line = "p".repeat(99);
    for (int i = 0; i < lines; i++) {
      System.err.println(line);
    }
  }

  private static void flood(OutputStream out) throws IOException {
    byte[] water = new byte[64 * 1024];
    while (true) {
      out.write(water);
    }
  }

  /** With a name that is easy to find in a thread dump. */
  private static void loopForEver(Connection connection) {
    connection.label("loop");
    while (true) {
      Thread.onSpinWait();
    }
  }

  private static int depth(int level) {
    return level < 0 ? level : 1 + depth(level + 1); // the stack is shorter than an int is long
  }

  private static void hoard() {
    while (true) {
      HOARD.add(new byte[1 << 20]);
    }
  }

  /** Keeps so many objects for a moment, more than a young generation holds; what the heap took. */
  private static long burst(int objects) {
    List<Object> kept = new ArrayList<>();
    for (int i = 0; i < objects; i++) {
      kept.add(new byte[64]);
    }
    return kept.size() < objects ? 0 : Runtime.getRuntime().totalMemory();
  }

  private static long spawn(String command) throws IOException {
    return new ProcessBuilder(command.split(" ", -1)).inheritIO().start().pid();
  }
}
