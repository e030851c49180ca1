package dev.prefork.supervisor;

import dev.prefork.ServerEvent;
import dev.prefork.WorkerIdentity;
import dev.prefork.launch.LaunchSpec;
import dev.prefork.launch.Notification;
import dev.prefork.launch.WorkerProcess;
import dev.prefork.launch.WorkerReport;
import dev.prefork.posix.Fd;
import dev.prefork.posix.Pid;
import dev.prefork.posix.Posix;
import dev.prefork.posix.WaitStatus;
import dev.prefork.supervisor.Death.Reached;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/** One process of the supervisor's: turns what its pipes bring into events. */
final class LiveWorker {
  private static final int CHUNK = 16 * 1024;
  private static final int MAX_FIRST_LINES = 20;

  /** A full pipe is a quarter of it; more is written by a descendant that the worker has left. */
  private static final int MAX_LAST_CHUNKS = 16;

  private final Posix posix;
  private final WorkerProcess process;
  private final IntPredicate serving;
  private final Predicate<String> readyLine;
  private final Consumer<Event> events;
  private final Consumer<ServerEvent> publisher;
  private final LineBuffer reports = new LineBuffer(this::report);
  private final LineBuffer output = new LineBuffer(this::printed);
  private final List<Fd> open;

  /**
   * What the JVM printed before main: passed on once main has begun, else it says why it did not.
   */
  private final List<String> firstLines = new ArrayList<>();

  private Reached reached;
  private boolean readyByLine;
  private String lastWords = "";

  /**
   * Watches over a process.
   *
   * @param serving whether the worker of a slot serves a request, by its own word
   * @param readyLine whether a line that it prints says that it is ready
   */
  LiveWorker(
      Posix posix,
      WorkerProcess process,
      IntPredicate serving,
      Predicate<String> readyLine,
      Consumer<Event> events,
      Consumer<ServerEvent> publisher) {
    this.posix = posix;
    this.process = process;
    this.serving = serving;
    this.readyLine = readyLine;
    this.events = events;
    this.publisher = publisher;
    this.reached = process.isCommand() ? Reached.COMMAND : Reached.JVM;
    this.open = new ArrayList<>(List.of(process.exit(), process.reports(), process.output()));
  }

  Pid pid() {
    return process.pid();
  }

  /** What to wait on: a pipe at its end is left out, or the wait would never wait. */
  List<Fd> open() {
    return open;
  }

  /** Says a command of {@link LaunchSpec} on its lifeline. */
  void tell(String command) {
    var _ = posix.write(process.commands(), (command + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Reads what has come.
   *
   * @return true if the process has ended and is reaped
   */
  boolean readable(Fd fd) {
    if (fd == process.exit()) {
      return ended();
    }
    receive(fd);
    return false;
  }

  /** Reads one chunk; false if there is none (now, or any more). */
  private boolean receive(Fd fd) {
    if (fd == process.reports() && process.isCommand()) {
      return receiveNotification(fd);
    }
    byte[] chunk = new byte[CHUNK];
    int count = posix.read(fd, chunk);
    if (count > 0) {
      (fd == process.reports() ? reports : output).add(chunk, count);
    } else if (count == 0) {
      open.remove(fd);
    }
    return count > 0;
  }

  /** What others than the worker, and those in its session, send is thrown away. */
  private boolean receiveNotification(Fd mailbox) {
    Posix.Letter letter = posix.receive(mailbox).orElse(null);
    if (letter == null) {
      return false;
    }
    if (letter.sender() == pid().value() || posix.isInSession(letter.sender(), pid())) {
      Notification.parse(letter.text()).forEach(this::take);
    }
    return true;
  }

  private boolean ended() {
    WaitStatus status = posix.reap(pid()).orElse(null);
    if (status == null) {
      return false;
    }
    receiveAll(process.reports());
    reports.end();
    receiveAll(process.output());
    output.end();
    if (reached == Reached.JVM) {
      lastWords = String.join("; ", firstLines);
    }
    boolean served = serving.test(process.identity().slot());
    events.accept(new Event.WorkerExited(pid(), new Death(status, reached, lastWords, served)));
    process.close();
    return true;
  }

  private void receiveAll(Fd fd) {
    boolean more = open.contains(fd);
    for (int chunks = 0; more && chunks < MAX_LAST_CHUNKS; chunks++) {
      more = receive(fd);
    }
  }

  private void report(String line) {
    WorkerReport report = WorkerReport.decode(line);
    if (report != null) {
      take(report);
    }
  }

  private void take(WorkerReport report) {
    switch (report.kind()) {
      case STARTED -> {
        reached = Reached.MAIN;
        firstLines.forEach(this::publish);
        firstLines.clear();
      }
      case PROGRESS -> events.accept(new Event.WorkerProgress(pid(), report.text()));
      case READY -> events.accept(new Event.WorkerReady(pid()));
      case RECYCLE -> events.accept(new Event.RecycleDue(pid(), report.text()));
      case LEAVING -> events.accept(new Event.WorkerLeaving(pid()));
      case ENDING -> events.accept(new Event.WorkerEnding(pid()));
      case STATUS -> publish("status: " + report.text());
      case FAILED -> lastWords = report.text();
    }
  }

  private void printed(String line) {
    if (reached != Reached.JVM) {
      publish(line);
      if (!readyByLine && readyLine.test(line)) {
        readyByLine = true;
        events.accept(new Event.WorkerReady(pid()));
      }
    } else if (firstLines.size() < MAX_FIRST_LINES) {
      firstLines.add(line);
    }
  }

  private void publish(String line) {
    WorkerIdentity worker = process.identity();
    publisher.accept(new ServerEvent.WorkerOutput(worker, line));
  }

  /** Lets go of the process: without its lifeline it drains and ends by itself. */
  void abandon() {
    process.close();
  }
}
