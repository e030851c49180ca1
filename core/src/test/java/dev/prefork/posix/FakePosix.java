package dev.prefork.posix;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The system calls in memory and in virtual time. A wait lets time pass until something planned
 * makes a descriptor readable, so one thread runs a supervisor and its whole world.
 */
public final class FakePosix implements Posix, Descriptors {
  /** The number of the one epoll set that is opened here. */
  public static final int EPOLL = 90;

  private record Planned(long atNs, int order, Runnable what) {}

  private record Failure(Errno errno, int skips) {}

  private final Map<Integer, FakeFile> open = new TreeMap<>();
  private final Map<Path, FakeFile.Regular> files = new HashMap<>();
  private final Map<Pid, FakeProcess> processes = new LinkedHashMap<>();
  private final Map<String, FakeFile.Mailbox> mailboxes = new HashMap<>();
  private final Map<Integer, Pid> sessions = new HashMap<>();
  private final Set<Integer> blocking = new HashSet<>();
  private final Map<String, Failure> failures = new HashMap<>();
  private final List<String> calls = new ArrayList<>();
  private final PriorityQueue<Planned> planned =
      new PriorityQueue<>((a, b) ->
          a.atNs() == b.atNs()
              ? Integer.compare(a.order(), b.order())
              : Long.compare(a.atNs(), b.atNs()));
  private Consumer<FakeProcess> onSpawn = process -> {};
  private Runnable onAwait = () -> {};
  private int epoll = EPOLL;
  private long nowNs = 1_000_000_000_000L;
  private int plans;
  private int nextFd = 3;
  private int nextPid = 100;
  private int nextPort = 40_000;

  /** The clock that waits move. */
  public long nowNs() {
    return nowNs;
  }

  /** The clock jumps, as for a process that was stopped. */
  public void jump(long ns) {
    nowNs += ns;
  }

  /** Does something when so much time has passed from now. */
  public void after(long ns, Runnable what) {
    planned.add(new Planned(nowNs + ns, plans++, what));
  }

  /** Shows every new process to the test. */
  public void onSpawn(Consumer<FakeProcess> witness) {
    onSpawn = witness;
  }

  /** Lets the next call of a verb fail. */
  public void fail(String verb, Errno errno) {
    fail(verb, errno, 0);
  }

  /** Lets a call of a verb fail, after so many that do not. */
  public void fail(String verb, Errno errno, int skips) {
    failures.put(verb, new Failure(errno, skips));
  }

  /** Every call so far, in order, as {@code read fd 7}. */
  public List<String> calls() {
    return calls;
  }

  /** What is open now, by number. */
  public Map<Integer, String> openDescriptors() {
    Map<Integer, String> names = new TreeMap<>();
    open.forEach((number, file) -> names.put(number, file.name));
    return names;
  }

  public List<FakeProcess> processes() {
    return List.copyOf(processes.values());
  }

  public boolean isBlocking(Fd fd) {
    return file(fd).blocking;
  }

  private void called(String verb, Object subject) {
    calls.add(verb + " " + subject);
    Failure failure = failures.get(verb);
    if (failure == null) {
      return;
    }
    if (failure.skips() > 0) {
      failures.put(verb, new Failure(failure.errno(), failure.skips() - 1));
      return;
    }
    failures.remove(verb);
    throw new PosixException("could not " + verb + " " + subject, verb, failure.errno());
  }

  private Fd add(FakeFile file) {
    int number = nextFd++;
    file.references++;
    open.put(number, file);
    return new Fd(this, number);
  }

  private FakeFile file(Fd fd) {
    FakeFile file = open.get(fd.number());
    if (file == null) {
      throw new AssertionError(fd + " is not open");
    }
    return file;
  }

  private FakeFile.Regular regular(Fd fd) {
    return (FakeFile.Regular) file(fd);
  }

  @Override
  public Pipe pipe() {
    called("pipe", "");
    FakeFile.Channel channel = new FakeFile.Channel();
    return new Pipe(add(channel.readEnd), add(channel.writeEnd));
  }

  @Override
  public void setBlocking(Fd fd, boolean blocking) {
    called("setBlocking", fd);
    file(fd).blocking = blocking;
  }

  @Override
  public Fd memoryFile(String name) {
    called("memoryFile", name);
    return add(new FakeFile.Regular(name));
  }

  @Override
  public Fd open(Path path) {
    called("open", path);
    return add(files.computeIfAbsent(path, missing -> new FakeFile.Regular(missing.toString())));
  }

  @Override
  public int read(Fd fd, byte[] buffer) {
    called("read", fd);
    return file(fd).read(buffer);
  }

  @Override
  public int write(Fd fd, byte[] bytes) {
    called("write", fd);
    return file(fd).write(bytes);
  }

  @Override
  public void rewind(Fd fd) {
    called("rewind", fd);
    regular(fd).place = 0;
  }

  @Override
  public void truncate(Fd fd) {
    called("truncate", fd);
    regular(fd).content = new byte[] {};
  }

  @Override
  public void close(int fd) {
    calls.add("close fd " + fd);
    FakeFile file = open.remove(fd);
    if (file == null) {
      throw new AssertionError("fd " + fd + " is closed twice");
    }
    file.references--;
    FakeFile.Channel channel = FakeFile.channelOf(file);
    if (channel != null && channel.writeEnd.references == 0) {
      channel.readEnd.whenCut.run();
    }
  }

  @Override
  public List<Fd> awaitReadable(List<Fd> fds, long timeoutNs) {
    called("awaitReadable", timeoutNs);
    long untilNs = timeoutNs < 0 ? Long.MAX_VALUE : nowNs + timeoutNs;
    while (true) {
      List<Fd> readable = fds.stream().filter(fd -> file(fd).isReadable()).toList();
      if (!readable.isEmpty()) {
        return readable;
      }
      Planned next = planned.peek();
      if (next == null || next.atNs() > untilNs) {
        if (timeoutNs < 0) {
          throw new AssertionError("this wait would never end: nothing is planned");
        }
        nowNs = Math.max(nowNs, untilNs);
        return List.of();
      }
      nowNs = Math.max(nowNs, next.atNs());
      planned.remove().what().run();
    }
  }

  @Override
  public Fd listen(SocketAddress address, int backlog) {
    called("listen", address);
    SocketAddress bound =
        address instanceof InetSocketAddress inet && inet.getPort() == 0
            ? new InetSocketAddress(inet.getAddress(), nextPort++)
            : address;
    return add(new FakeFile.Listening(bound, backlog));
  }

  @Override
  public void cork(Fd listener) {
    called("cork", listener);
  }

  @Override
  public AcceptQueue acceptQueue(Fd listener) {
    called("acceptQueue", listener);
    FakeFile.Listening listening = (FakeFile.Listening) file(listener);
    return new AcceptQueue(listening.queued, listening.backlog);
  }

  /** Lets so many connections wait in a listener's queue. */
  public void queue(Fd listener, int connections) {
    ((FakeFile.Listening) file(listener)).queued = connections;
  }

  @Override
  public Mailbox mailbox() {
    called("mailbox", "");
    FakeFile.Mailbox mailbox = new FakeFile.Mailbox("000" + nextFd);
    mailboxes.put(mailbox.address, mailbox);
    return new Mailbox(add(mailbox), mailbox.address);
  }

  /** Sends to the mailbox of that name. */
  public void send(String name, int sender, String text) {
    FakeFile.Mailbox mailbox = mailboxes.get(name);
    if (mailbox == null) {
      throw new AssertionError("no mailbox is called " + name);
    }
    mailbox.letters.add(new Letter(sender, text));
  }

  @Override
  public Optional<Letter> receive(Fd mailbox) {
    called("receive", mailbox);
    return Optional.ofNullable(((FakeFile.Mailbox) file(mailbox)).letters.poll());
  }

  /** A process is a descendant of another one, or whoever else is in its session. */
  public void joinSession(int process, Pid leader) {
    sessions.put(process, leader);
  }

  @Override
  public boolean isInSession(int process, Pid leader) {
    called("isInSession", process);
    return leader.equals(sessions.get(process));
  }

  @Override
  public void signalWhenCut(Fd readEnd, Pid process, Signum signal) {
    called("signalWhenCut", process + " " + signal);
    ((FakeFile.ReadEnd) file(readEnd)).whenCut =
        () -> {
          FakeProcess living = processes.get(process);
          if (living != null) {
            living.signal(signal);
          }
        };
  }

  @Override
  public void replace(int number, Fd by) {
    called("replace", number + " by " + by);
  }

  @Override
  public int control(int set, Interest interest, int number, int events) {
    String what = interest == Interest.DELETE ? "" : " for " + Integer.toHexString(events);
    called("control", set + " " + interest + " " + number + what);
    return 0;
  }

  @Override
  public int openEpoll() {
    return epoll;
  }

  @Override
  public void awaitEpoll(int set, int timeoutMs) {
    called("awaitEpoll", set);
    onAwait.run();
  }

  @Override
  public boolean isBlocking(int number) {
    return blocking.contains(number);
  }

  /** Lets a descriptor of the program block. */
  public void block(int number) {
    blocking.add(number);
  }

  /** Lets no epoll set be opened from now on. */
  public void refuseEpoll() {
    epoll = NO_EPOLL;
  }

  /** What happens while a thread waits in an epoll set. */
  public void whileAwaiting(Runnable event) {
    onAwait = event;
  }

  @Override
  public Fd listenQuietly(StandardProtocolFamily family, int backlog) {
    return listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), backlog);
  }

  @Override
  public void resizeQueue(Fd listener, int backlog) {
    called("resizeQueue", listener + " " + backlog);
    ((FakeFile.Listening) file(listener)).backlog = backlog;
  }

  @Override
  public long currentThread() {
    return 1;
  }

  @Override
  public void interrupt(long thread) {
    called("interrupt", thread);
  }

  @Override
  public SocketAddress localAddress(StandardProtocolFamily family, Fd socket) {
    return localAddress(socket);
  }

  /** Whoever has the descriptor's number as port. */
  @Override
  public SocketAddress peerAddress(StandardProtocolFamily family, int connection) {
    called("peerAddress", connection);
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), connection);
  }

  @Override
  public SocketAddress localAddress(Fd socket) {
    called("localAddress", socket);
    return ((FakeFile.Listening) file(socket)).address;
  }

  @Override
  public boolean tryLock(Fd fd) {
    called("tryLock", fd);
    FakeFile.Regular file = regular(fd);
    boolean free = !file.locked;
    file.locked = true;
    return free;
  }

  @Override
  public boolean tryShare(Fd fd) {
    called("tryShare", fd);
    return !regular(fd).locked;
  }

  @Override
  public void lock(Fd fd) {
    if (!tryLock(fd)) {
      throw new AssertionError("this lock would never be had");
    }
  }

  @Override
  public void unlock(Fd fd) {
    called("unlock", fd);
    regular(fd).locked = false;
  }

  @Override
  public Pid spawn(SpawnRequest request) {
    called("spawn", request.program());
    Pid pid = new Pid(nextPid++);
    List<FakeFile> inherited = request.descriptors().stream().map(this::file).toList();
    FakeProcess process = new FakeProcess(pid, request, inherited);
    processes.put(pid, process);
    onSpawn.accept(process);
    return pid;
  }

  @Override
  public Fd watch(Pid child) {
    called("watch", child);
    return add(new FakeFile.Exit(living(child)));
  }

  @Override
  public Optional<WaitStatus> reap(Pid child) {
    called("reap", child);
    @Nullable WaitStatus status = living(child).status();
    if (status != null) {
      processes.remove(child);
    }
    return Optional.ofNullable(status);
  }

  private FakeProcess living(Pid pid) {
    FakeProcess process = processes.get(pid);
    if (process == null) {
      throw new AssertionError("process " + pid + " is reaped, or was never spawned");
    }
    return process;
  }

  @Override
  public Optional<Reaped> reapOrphan() {
    called("reapOrphan", "");
    return Optional.empty();
  }

  @Override
  public boolean kill(Pid pid, Signum signal) {
    called("kill", pid + " " + signal);
    living(pid).signal(signal);
    return true;
  }

  @Override
  public boolean ignores(Signum signal) {
    called("ignores", signal);
    return false;
  }

  @Override
  public void restoreDefault(Signum signal) {
    called("restoreDefault", signal);
  }
}
