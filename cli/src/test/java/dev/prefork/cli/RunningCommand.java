package dev.prefork.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.testing.Await;
import dev.prefork.testing.Client;
import dev.prefork.testing.Processes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A command that was started, its output in files. */
public final class RunningCommand {
  private static final Pattern READY =
      Pattern.compile("ready: (\\d+) workers on (.+), supervisor pid (\\d+)\r?\n");

  private final Process process;
  private final Path out;
  private final Path err;

  RunningCommand(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** Waits for the ready line. */
  RunningCommand awaitReady() {
    return awaitReady(Await.BOUND);
  }

  /** Waits for the ready line, for a limited time. */
  public RunningCommand awaitReady(Duration bound) {
    Await.until(
        "the ready line", bound, () -> READY.matcher(output()).find() || !process.isAlive());
    assertThat(output()).as("its output; its log is:\n" + log()).containsPattern(READY);
    return this;
  }

  private Matcher ready() {
    Matcher matcher = READY.matcher(output());
    assertThat(matcher.find()).as("the ready line").isTrue();
    return matcher;
  }

  /** The supervisor's process id, as this process sees it. */
  public long pid() {
    return process.pid();
  }

  /** The supervisor's process id, as the ready line gives it. */
  long announcedPid() {
    return Long.parseLong(ready().group(3));
  }

  /** How many workers the ready line gives. */
  int announcedWorkers() {
    return Integer.parseInt(ready().group(1));
  }

  /** Where it listens, by the ready line. */
  List<InetSocketAddress> addresses() {
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (String address : ready().group(2).split(", ", -1)) {
      int colon = address.lastIndexOf(':');
      String host = address.substring(0, colon).replace("[", "").replace("]", "");
      addresses.add(
          new InetSocketAddress(
              InetAddress.ofLiteral(host), Integer.parseInt(address.substring(colon + 1))));
    }
    return addresses;
  }

  /** Where it listens, if that is one address. */
  InetSocketAddress address() {
    assertThat(addresses()).hasSize(1);
    return addresses().getFirst();
  }

  /** Asks it something; fails unless that works. */
  String ask(String request) {
    return Client.ask(address(), request);
  }

  /** Its workers now. */
  List<Long> workers() {
    return Processes.workers(pid());
  }

  /** Waits until it has so many workers. */
  List<Long> awaitWorkers(int count) {
    Await.until(count + " workers", () -> workers().size() == count);
    return workers();
  }

  /** Waits until its log says something. */
  public void awaitLog(String regex) {
    awaitLog(regex, Await.BOUND);
  }

  /** Waits until its log says something, for a limited time. */
  public void awaitLog(String regex, Duration bound) {
    Pattern pattern = Pattern.compile(regex);
    Await.until("\"" + regex + "\" in its log", bound, () -> pattern.matcher(log()).find());
  }

  /** Sends the supervisor a signal. */
  public void signal(String name) {
    Processes.signal(name, pid());
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for its end. */
  public int awaitExit() {
    return awaitExit(Await.BOUND);
  }

  /** Waits for its end, for a limited time. */
  public int awaitExit(Duration bound) {
    Await.until("the end of the command", bound, () -> !process.isAlive());
    return process.exitValue();
  }

  /** What it wrote to standard output. */
  String output() {
    return read(out);
  }

  /** What it wrote to standard error. */
  public String log() {
    return read(err);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** INT, and KILL if that does not help. */
  void stop(Duration patience) {
    if (process.isAlive()) {
      signal("CONT");
      signal("INT");
      try {
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
          signal("KILL");
        }
      } catch (InterruptedException e) {
        throw new AssertionError("nobody interrupts a test", e);
      }
    }
  }
}
