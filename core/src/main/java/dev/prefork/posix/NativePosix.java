package dev.prefork.posix;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The C library of this machine. Numbers in this file are those of Linux on x86-64 and aarch64,
 * which agree on all of them.
 */
final class NativePosix implements Posix {
  static final NativePosix INSTANCE = new NativePosix();

  private static final NativeFunction PIPE2 = NativeFunction.of("pipe2", 2);
  private static final NativeFunction FCNTL = NativeFunction.variadic("fcntl", 3, 2);
  private static final NativeFunction MEMFD_CREATE = NativeFunction.of("memfd_create", 2);
  private static final NativeFunction OPEN = NativeFunction.variadic("open", 3, 2);
  private static final NativeFunction READ = NativeFunction.of("read", 3);
  private static final NativeFunction WRITE = NativeFunction.of("write", 3);
  private static final NativeFunction FTRUNCATE = NativeFunction.of("ftruncate", 2);
  private static final NativeFunction LSEEK = NativeFunction.of("lseek", 3);
  private static final NativeFunction CLOSE = NativeFunction.of("close", 1);
  private static final NativeFunction POLL = NativeFunction.of("poll", 3);
  private static final NativeFunction FLOCK = NativeFunction.of("flock", 2);
  private static final NativeFunction WAITPID = NativeFunction.of("waitpid", 3);
  private static final NativeFunction WAITID = NativeFunction.of("waitid", 4);
  private static final NativeFunction KILL = NativeFunction.of("kill", 2);
  private static final NativeFunction GETSID = NativeFunction.of("getsid", 1);
  private static final NativeFunction SIGACTION = NativeFunction.of("sigaction", 3);
  // By number: the C library has a wrapper only since glibc 2.36.
  private static final NativeFunction SYSCALL = NativeFunction.variadic("syscall", 3, 1);
  private static final int SYS_PIDFD_OPEN = 434;

  private static final int O_RDWR_CREAT_CLOEXEC = 0x2 | 0x40 | 0x80000;
  private static final int O_CLOEXEC = 0x80000;
  private static final int O_NONBLOCK = 0x800;
  private static final int F_GETFL = 3;
  private static final int F_SETFL = 4;
  private static final int F_SETOWN = 8;
  private static final int F_SETSIG = 10;
  private static final int O_ASYNC = 0x2000;
  private static final int MFD_CLOEXEC = 1;
  private static final int POLLIN = 1;
  private static final int POLLFD_SIZE = 8;
  private static final int LOCK_SH = 1;
  private static final int LOCK_EX = 2;
  private static final int LOCK_NB = 4;
  private static final int LOCK_UN = 8;
  private static final int WNOHANG = 1;
  private static final int WEXITED = 4;
  private static final int WNOWAIT = 0x01000000;
  private static final int P_ALL = 0;
  private static final int SIGINFO_SIZE = 128;
  private static final int SIGINFO_PID_OFFSET = 16;
  private static final int SIGACTION_SIZE = 256; // glibc needs 152
  private static final long SIG_DFL = 0;
  private static final long SIG_IGN = 1;

  /** Not collected yet. */
  private final Set<Pid> spawned = ConcurrentHashMap.newKeySet();

  private NativePosix() {}

  /** Turns a negated errno into an exception; any other result passes through. */
  static int check(int result, String call, String what) {
    if (result < 0) {
      throw new PosixException(what, call, new Errno(-result));
    }
    return result;
  }

  private static boolean failedWith(int result, Errno errno) {
    return result == -errno.number();
  }

  @Override
  public Pipe pipe() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment ends = arena.allocate(JAVA_INT, 2);
      check(PIPE2.call(ends.address(), O_CLOEXEC), "pipe2", "could not make a pipe");
      return new Pipe(
          new Fd(this, ends.getAtIndex(JAVA_INT, 0)), new Fd(this, ends.getAtIndex(JAVA_INT, 1)));
    }
  }

  @Override
  public void setBlocking(Fd fd, boolean blocking) {
    int flags =
        check(FCNTL.call(fd.number(), F_GETFL, 0), "fcntl", "could not read the flags of " + fd);
    int wanted = blocking ? flags & ~O_NONBLOCK : flags | O_NONBLOCK;
    check(FCNTL.call(fd.number(), F_SETFL, wanted), "fcntl", "could not set the flags of " + fd);
  }

  @Override
  public Fd memoryFile(String name) {
    try (Arena arena = Arena.ofConfined()) {
      long nameAddress = arena.allocateFrom(name).address();
      int fd = MEMFD_CREATE.call(nameAddress, MFD_CLOEXEC);
      return new Fd(this, check(fd, "memfd_create", "could not make the memory file " + name));
    }
  }

  @Override
  public Fd open(Path path) {
    try (Arena arena = Arena.ofConfined()) {
      long pathAddress = arena.allocateFrom(path.toString()).address();
      int fd = OPEN.call(pathAddress, O_RDWR_CREAT_CLOEXEC, 0600);
      return new Fd(this, check(fd, "open", "could not open " + path));
    }
  }

  @Override
  public int read(Fd fd, byte[] buffer) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(buffer.length);
      int count;
      do {
        count = READ.call(fd.number(), memory.address(), buffer.length);
      } while (failedWith(count, Errno.EINTR));
      if (failedWith(count, Errno.EAGAIN)) {
        return WOULD_BLOCK;
      }
      check(count, "read", "could not read from " + fd);
      MemorySegment.copy(memory, JAVA_BYTE, 0, buffer, 0, count);
      return count;
    }
  }

  @Override
  public int write(Fd fd, byte[] bytes) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocateFrom(JAVA_BYTE, bytes);
      int count;
      do {
        count = WRITE.call(fd.number(), memory.address(), bytes.length);
      } while (failedWith(count, Errno.EINTR));
      boolean nobodyTakesIt = failedWith(count, Errno.EAGAIN) || failedWith(count, Errno.EPIPE);
      return nobodyTakesIt ? 0 : check(count, "write", "could not write to " + fd);
    }
  }

  @Override
  public void truncate(Fd fd) {
    check(FTRUNCATE.call(fd.number(), 0), "ftruncate", "could not empty " + fd);
  }

  @Override
  public void rewind(Fd fd) {
    check(LSEEK.call(fd.number(), 0, 0), "lseek", "could not rewind " + fd);
  }

  @Override
  public void close(int fd) {
    // EINTR included: on Linux the descriptor is gone whatever close(2) returns.
    var _ = CLOSE.call(fd);
  }

  @Override
  public List<Fd> awaitReadable(List<Fd> fds, long timeoutNs) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment entries = arena.allocate((long) POLLFD_SIZE * fds.size(), 8);
      for (int i = 0; i < fds.size(); i++) {
        entries.set(JAVA_INT, (long) i * POLLFD_SIZE, fds.get(i).number());
        entries.set(JAVA_SHORT, (long) i * POLLFD_SIZE + 4, (short) POLLIN);
      }
      int count = POLL.call(entries.address(), fds.size(), toPollTimeout(timeoutNs));
      if (failedWith(count, Errno.EINTR)) {
        return List.of();
      }
      check(count, "poll", "could not wait for events");
      List<Fd> readable = new ArrayList<>(count);
      for (int i = 0; i < fds.size() && readable.size() < count; i++) {
        if (entries.get(JAVA_SHORT, (long) i * POLLFD_SIZE + 6) != 0) {
          readable.add(fds.get(i));
        }
      }
      return readable;
    }
  }

  private static int toPollTimeout(long timeoutNs) {
    if (timeoutNs < 0) {
      return -1;
    }
    long roundedUp = (timeoutNs + 999_999) / 1_000_000;
    return (int) Math.min(roundedUp, Integer.MAX_VALUE);
  }

  @Override
  public Fd listen(SocketAddress address, int backlog) {
    return NativeSockets.listen(this, address, backlog);
  }

  @Override
  public void cork(Fd listener) {
    NativeSockets.cork(listener);
  }

  @Override
  public AcceptQueue acceptQueue(Fd listener) {
    return NativeSockets.acceptQueue(listener);
  }

  @Override
  public Mailbox mailbox() {
    return NativeMailbox.open(this);
  }

  @Override
  public Optional<Letter> receive(Fd mailbox) {
    return NativeMailbox.receive(mailbox);
  }

  @Override
  public boolean isInSession(int process, Pid leader) {
    return GETSID.call(process) == leader.value();
  }

  @Override
  public void signalWhenCut(Fd readEnd, Pid process, Signum signal) {
    String what = "could not let SIG" + signal + " follow the end of " + readEnd;
    check(FCNTL.call(readEnd.number(), F_SETOWN, process.value()), "fcntl", what);
    check(FCNTL.call(readEnd.number(), F_SETSIG, signal.number()), "fcntl", what);
    int flags = check(FCNTL.call(readEnd.number(), F_GETFL, 0), "fcntl", what);
    check(FCNTL.call(readEnd.number(), F_SETFL, flags | O_ASYNC), "fcntl", what);
  }

  @Override
  public SocketAddress localAddress(Fd socket) {
    return NativeSockets.localAddress(socket);
  }

  @Override
  public boolean tryLock(Fd fd) {
    return tryLock(fd, LOCK_EX);
  }

  @Override
  public boolean tryShare(Fd fd) {
    return tryLock(fd, LOCK_SH);
  }

  private static boolean tryLock(Fd fd, int operation) {
    int result = FLOCK.call(fd.number(), operation | LOCK_NB);
    if (failedWith(result, Errno.EAGAIN)) {
      return false;
    }
    check(result, "flock", "could not lock " + fd);
    return true;
  }

  @Override
  public void lock(Fd fd) {
    int result;
    do {
      result = FLOCK.call(fd.number(), LOCK_EX);
    } while (failedWith(result, Errno.EINTR));
    check(result, "flock", "could not lock " + fd);
  }

  @Override
  public void unlock(Fd fd) {
    check(FLOCK.call(fd.number(), LOCK_UN), "flock", "could not unlock " + fd);
  }

  @Override
  public Pid spawn(SpawnRequest request) {
    Pid child = NativeSpawn.spawn(request);
    spawned.add(child);
    return child;
  }

  @Override
  public Fd watch(Pid child) {
    int fd = SYSCALL.call(SYS_PIDFD_OPEN, child.value(), 0);
    return new Fd(this, check(fd, "pidfd_open", "could not watch process " + child));
  }

  @Override
  public Optional<WaitStatus> reap(Pid child) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment status = arena.allocate(JAVA_INT);
      int result = WAITPID.call(child.value(), status.address(), WNOHANG);
      if (result == 0) {
        return Optional.empty();
      }
      spawned.remove(child);
      if (failedWith(result, Errno.ECHILD)) {
        return Optional.of(new WaitStatus.Unknown());
      }
      check(result, "waitpid", "could not collect process " + child);
      return Optional.of(WaitStatus.of(status.get(JAVA_INT, 0)));
    }
  }

  @Override
  public Optional<Reaped> reapOrphan() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = arena.allocate(SIGINFO_SIZE, 8);
      int result = WAITID.call(P_ALL, 0, info.address(), WEXITED | WNOHANG | WNOWAIT);
      int pid = failedWith(result, Errno.ECHILD) ? 0 : info.get(JAVA_INT, SIGINFO_PID_OFFSET);
      if (pid == 0 || spawned.contains(new Pid(pid))) {
        return Optional.empty();
      }
      Pid orphan = new Pid(pid);
      return reap(orphan).map(status -> new Reaped(orphan, status));
    }
  }

  @Override
  public boolean kill(Pid pid, Signum signal) {
    int result = KILL.call(pid.value(), signal.number());
    if (failedWith(result, Errno.ESRCH)) {
      return false;
    }
    check(result, "kill", "could not send SIG" + signal + " to process " + pid);
    return true;
  }

  @Override
  public boolean ignores(Signum signal) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment action = arena.allocate(SIGACTION_SIZE, 8);
      check(
          SIGACTION.call(signal.number(), 0, action.address()),
          "sigaction",
          "could not read the action of SIG" + signal);
      return action.get(JAVA_LONG, 0) == SIG_IGN;
    }
  }

  @Override
  public void restoreDefault(Signum signal) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment action = arena.allocate(SIGACTION_SIZE, 8);
      action.set(JAVA_LONG, 0, SIG_DFL);
      check(
          SIGACTION.call(signal.number(), action.address(), 0),
          "sigaction",
          "could not put SIG" + signal + " back to its default");
    }
  }
}
