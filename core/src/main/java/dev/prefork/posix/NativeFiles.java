package dev.prefork.posix;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Descriptors of pipes and files: pipe(2), open(2), memfd_create(2), read(2), write(2), poll(2),
 * flock(2).
 */
final class NativeFiles {
  private static final NativeFunction PIPE2 = NativeFunction.of("pipe2", 2);
  private static final NativeFunction FCNTL = NativeFunction.of("fcntl", 3);
  private static final NativeFunction MEMFD_CREATE = NativeFunction.of("memfd_create", 2);
  private static final NativeFunction OPEN = NativeFunction.of("open", 3);
  private static final NativeFunction READ = NativeFunction.of("read", 3);
  private static final NativeFunction WRITE = NativeFunction.of("write", 3);
  private static final NativeFunction FTRUNCATE = NativeFunction.of("ftruncate", 2);
  private static final NativeFunction LSEEK = NativeFunction.of("lseek", 3);
  private static final NativeFunction POLL = NativeFunction.of("poll", 3);
  private static final NativeFunction FLOCK = NativeFunction.of("flock", 2);

  private static final int O_RDWR_CREAT_CLOEXEC = 0x2 | 0x40 | 0x80000;
  private static final int O_CLOEXEC = 0x80000;
  private static final int O_NONBLOCK = 0x800;
  private static final int O_ASYNC = 0x2000;
  private static final int F_GETFL = 3;
  private static final int F_SETFL = 4;
  private static final int F_SETOWN = 8;
  private static final int F_SETSIG = 10;
  private static final int MFD_CLOEXEC = 1;
  private static final int POLLIN = 1;
  private static final int POLLFD_SIZE = 8;
  static final int LOCK_SH = 1;
  static final int LOCK_EX = 2;
  private static final int LOCK_NB = 4;
  private static final int LOCK_UN = 8;

  private NativeFiles() {}

  static Posix.Pipe pipe(Posix posix) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment ends = arena.allocate(JAVA_INT, 2);
      NativePosix.check(PIPE2.call(ends.address(), O_CLOEXEC), "pipe2", "could not make a pipe");
      return new Posix.Pipe(
          new Fd(posix, ends.getAtIndex(JAVA_INT, 0)), new Fd(posix, ends.getAtIndex(JAVA_INT, 1)));
    }
  }

  static void setBlocking(Fd fd, boolean blocking) {
    int flags =
        NativePosix.check(
            FCNTL.call(fd.number(), F_GETFL, 0), "fcntl", "could not read the flags of " + fd);
    int wanted = blocking ? flags & ~O_NONBLOCK : flags | O_NONBLOCK;
    NativePosix.check(
        FCNTL.call(fd.number(), F_SETFL, wanted), "fcntl", "could not set the flags of " + fd);
  }

  static Fd memoryFile(Posix posix, String name) {
    try (Arena arena = Arena.ofConfined()) {
      long nameAddress = arena.allocateFrom(name).address();
      int fd = MEMFD_CREATE.call(nameAddress, MFD_CLOEXEC);
      return new Fd(
          posix, NativePosix.check(fd, "memfd_create", "could not make the memory file " + name));
    }
  }

  static Fd open(Posix posix, Path path) {
    try (Arena arena = Arena.ofConfined()) {
      long pathAddress = arena.allocateFrom(path.toString()).address();
      int fd = OPEN.call(pathAddress, O_RDWR_CREAT_CLOEXEC, 0600);
      return new Fd(posix, NativePosix.check(fd, "open", "could not open " + path));
    }
  }

  static int read(Fd fd, byte[] buffer) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(buffer.length);
      int count;
      do {
        count = READ.call(fd.number(), memory.address(), buffer.length);
      } while (NativePosix.failedWith(count, Errno.EINTR));
      if (NativePosix.failedWith(count, Errno.EAGAIN)) {
        return Posix.WOULD_BLOCK;
      }
      NativePosix.check(count, "read", "could not read from " + fd);
      MemorySegment.copy(memory, JAVA_BYTE, 0, buffer, 0, count);
      return count;
    }
  }

  static int write(Fd fd, byte[] bytes) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocateFrom(JAVA_BYTE, bytes);
      int count;
      do {
        count = WRITE.call(fd.number(), memory.address(), bytes.length);
      } while (NativePosix.failedWith(count, Errno.EINTR));
      boolean nobodyTakesIt =
          NativePosix.failedWith(count, Errno.EAGAIN) || NativePosix.failedWith(count, Errno.EPIPE);
      return nobodyTakesIt ? 0 : NativePosix.check(count, "write", "could not write to " + fd);
    }
  }

  static void truncate(Fd fd) {
    NativePosix.check(FTRUNCATE.call(fd.number(), 0), "ftruncate", "could not empty " + fd);
  }

  static void rewind(Fd fd) {
    NativePosix.check(LSEEK.call(fd.number(), 0, 0), "lseek", "could not rewind " + fd);
  }

  static List<Fd> awaitReadable(List<Fd> fds, long timeoutNs) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment entries = arena.allocate((long) POLLFD_SIZE * fds.size(), 8);
      for (int i = 0; i < fds.size(); i++) {
        entries.set(JAVA_INT, (long) i * POLLFD_SIZE, fds.get(i).number());
        entries.set(JAVA_SHORT, (long) i * POLLFD_SIZE + 4, (short) POLLIN);
      }
      int count = POLL.call(entries.address(), fds.size(), toPollTimeout(timeoutNs));
      if (NativePosix.failedWith(count, Errno.EINTR)) {
        return List.of();
      }
      NativePosix.check(count, "poll", "could not wait for events");
      List<Fd> readable = new ArrayList<>(count);
      for (int i = 0; i < fds.size() && readable.size() < count; i++) {
        if (entries.get(JAVA_SHORT, (long) i * POLLFD_SIZE + 6) != 0) {
          readable.add(fds.get(i));
        }
      }
      return readable;
    }
  }

  static boolean tryLock(Fd fd, int operation) {
    int result = FLOCK.call(fd.number(), operation | LOCK_NB);
    if (NativePosix.failedWith(result, Errno.EAGAIN)) {
      return false;
    }
    NativePosix.check(result, "flock", "could not lock " + fd);
    return true;
  }

  static void lock(Fd fd) {
    int result;
    do {
      result = FLOCK.call(fd.number(), LOCK_EX);
    } while (NativePosix.failedWith(result, Errno.EINTR));
    NativePosix.check(result, "flock", "could not lock " + fd);
  }

  static void unlock(Fd fd) {
    NativePosix.check(FLOCK.call(fd.number(), LOCK_UN), "flock", "could not unlock " + fd);
  }

  private static int toPollTimeout(long timeoutNs) {
    if (timeoutNs < 0) {
      return -1;
    }
    long roundedUp = (timeoutNs + 999_999) / 1_000_000;
    return (int) Math.min(roundedUp, Integer.MAX_VALUE);
  }

  static void signalWhenCut(Fd readEnd, Pid process, Signum signal) {
    String what = "could not let SIG" + signal + " follow the end of " + readEnd;
    NativePosix.check(FCNTL.call(readEnd.number(), F_SETOWN, process.value()), "fcntl", what);
    NativePosix.check(FCNTL.call(readEnd.number(), F_SETSIG, signal.number()), "fcntl", what);
    int flags = NativePosix.check(FCNTL.call(readEnd.number(), F_GETFL, 0), "fcntl", what);
    NativePosix.check(FCNTL.call(readEnd.number(), F_SETFL, flags | O_ASYNC), "fcntl", what);
  }
}
