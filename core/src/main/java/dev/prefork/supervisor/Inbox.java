package dev.prefork.supervisor;

import dev.prefork.ServerEvent;
import dev.prefork.launch.WorkerProcess;
import dev.prefork.posix.Fd;
import dev.prefork.posix.Pid;
import dev.prefork.posix.Posix;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Where the supervisor waits. Everything that can happen arrives here: what workers say and how
 * they end, through descriptors; what other threads ask for, through a queue and a pipe that wakes
 * the wait.
 */
final class Inbox implements AutoCloseable {
  private static final byte[] WAKE = {1};

  private final Posix posix;
  private final LongSupplier clockNs;
  private final IntPredicate serving;
  private final Predicate<String> readyLine;
  private final Consumer<ServerEvent> publisher;
  private final Posix.Pipe wake;
  private final Queue<Event> posted = new ConcurrentLinkedQueue<>();
  private final ArrayDeque<Event> arrived = new ArrayDeque<>();
  private final Map<Pid, LiveWorker> workers = new LinkedHashMap<>();

  /**
   * Opens it.
   *
   * @param serving whether the worker of a slot serves a request, by its own word
   * @param readyLine whether a line that a worker prints says that it is ready
   */
  Inbox(
      Posix posix,
      LongSupplier clockNs,
      IntPredicate serving,
      Predicate<String> readyLine,
      Consumer<ServerEvent> publisher) {
    this.posix = posix;
    this.clockNs = clockNs;
    this.serving = serving;
    this.readyLine = readyLine;
    this.publisher = publisher;
    this.wake = posix.pipe();
    posix.setBlocking(wake.readEnd(), false);
    posix.setBlocking(wake.writeEnd(), false);
  }

  /** Adds an event from any thread. After {@link #close} nobody reads it. */
  synchronized void post(Event event) {
    posted.add(event);
    wake();
  }

  /** Ends the wait of the supervisor, from any thread. */
  synchronized void wake() {
    if (wake.writeEnd().isOpen()) {
      var _ = posix.write(wake.writeEnd(), WAKE);
    }
  }

  /** Adds an event from the supervisor's own thread, before all that has not arrived yet. */
  void add(Event event) {
    arrived.add(event);
  }

  /** Waits on this worker too, from now on. */
  void watch(WorkerProcess process) {
    LiveWorker worker = new LiveWorker(posix, process, serving, readyLine, arrived::add, publisher);
    workers.put(worker.pid(), worker);
  }

  /** Tells a worker on its lifeline. */
  void tell(Pid pid, String command) {
    LiveWorker worker = workers.get(pid);
    if (worker != null) {
      worker.tell(command);
    }
  }

  /** Tells every worker on its lifeline. */
  void tellAll(String command) {
    workers.values().forEach(worker -> worker.tell(command));
  }

  /**
   * Waits for the next event.
   *
   * @param deadlineNs when to return DeadlinePassed if nothing came; the maximum for never
   */
  Event awaitUntil(long deadlineNs) {
    while (true) {
      Event next = arrived.isEmpty() ? posted.poll() : arrived.poll();
      if (next != null) {
        return next;
      }
      boolean anything = poll(deadlineNs);
      if (!anything && clockNs.getAsLong() >= deadlineNs) {
        return new Event.DeadlinePassed();
      }
    }
  }

  private boolean poll(long deadlineNs) {
    long timeoutNs =
        deadlineNs == Slot.NO_DEADLINE ? -1 : Math.max(0, deadlineNs - clockNs.getAsLong());
    List<Fd> fds = new ArrayList<>();
    Map<Fd, LiveWorker> owners = new LinkedHashMap<>();
    fds.add(wake.readEnd());
    for (LiveWorker worker : workers.values()) {
      for (Fd fd : worker.open()) {
        fds.add(fd);
        owners.put(fd, worker);
      }
    }
    List<Fd> readable = posix.awaitReadable(fds, timeoutNs);
    for (Fd fd : readable) {
      LiveWorker owner = owners.get(fd);
      if (owner == null) {
        var _ = posix.read(fd, new byte[64]);
      } else if (fd.isOpen() && owner.readable(fd)) {
        workers.remove(owner.pid());
      }
    }
    return !readable.isEmpty();
  }

  /** Lets go of all workers and of the pipe. */
  @Override
  public synchronized void close() {
    workers.values().forEach(LiveWorker::abandon);
    workers.clear();
    wake.readEnd().close();
    wake.writeEnd().close();
  }
}
