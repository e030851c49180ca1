package dev.prefork.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The C library of this machine; processes and signals are here, all else in a class of its own.
 * Numbers in these files are those of Linux on x86-64 and aarch64, which agree on all of them.
 */
final class NativePosix implements Posix {
  static final NativePosix INSTANCE = new NativePosix();

  private static final NativeFunction CLOSE = NativeFunction.of("close", 1);
  private static final NativeFunction WAITPID = NativeFunction.of("waitpid", 3);
  private static final NativeFunction WAITID = NativeFunction.of("waitid", 4);
  private static final NativeFunction KILL = NativeFunction.of("kill", 2);
  private static final NativeFunction GETSID = NativeFunction.of("getsid", 1);
  private static final NativeFunction SIGACTION = NativeFunction.of("sigaction", 3);
  // By number: the C library has a wrapper only since glibc 2.36.
  private static final NativeFunction SYSCALL = NativeFunction.of("syscall", 3);
  private static final int SYS_PIDFD_OPEN = 434;

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

  static boolean failedWith(int result, Errno errno) {
    return result == -errno.number();
  }

  @Override
  public Pipe pipe() {
    return NativeFiles.pipe(this);
  }

  @Override
  public void setBlocking(Fd fd, boolean blocking) {
    NativeFiles.setBlocking(fd, blocking);
  }

  @Override
  public Fd memoryFile(String name) {
    return NativeFiles.memoryFile(this, name);
  }

  @Override
  public Fd open(Path path) {
    return NativeFiles.open(this, path);
  }

  @Override
  public int read(Fd fd, byte[] buffer) {
    return NativeFiles.read(fd, buffer);
  }

  @Override
  public int write(Fd fd, byte[] bytes) {
    return NativeFiles.write(fd, bytes);
  }

  @Override
  public void truncate(Fd fd) {
    NativeFiles.truncate(fd);
  }

  @Override
  public void rewind(Fd fd) {
    NativeFiles.rewind(fd);
  }

  @Override
  public void close(int fd) {
    // EINTR included: on Linux the descriptor is gone whatever close(2) returns.
    var _ = CLOSE.call(fd);
  }

  @Override
  public List<Fd> awaitReadable(List<Fd> fds, long timeoutNs) {
    return NativeFiles.awaitReadable(fds, timeoutNs);
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
    NativeFiles.signalWhenCut(readEnd, process, signal);
  }

  @Override
  public SocketAddress localAddress(Fd socket) {
    return NativeSockets.localAddress(socket);
  }

  @Override
  public boolean tryLock(Fd fd) {
    return NativeFiles.tryLock(fd, NativeFiles.LOCK_EX);
  }

  @Override
  public boolean tryShare(Fd fd) {
    return NativeFiles.tryLock(fd, NativeFiles.LOCK_SH);
  }

  @Override
  public void lock(Fd fd) {
    NativeFiles.lock(fd);
  }

  @Override
  public void unlock(Fd fd) {
    NativeFiles.unlock(fd);
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
