package dev.prefork.launch;

import dev.prefork.posix.Fd;
import dev.prefork.posix.Pid;
import dev.prefork.posix.Posix;
import dev.prefork.posix.PosixException;
import dev.prefork.posix.Signum;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What one spawn has opened: closed with it, but for what its worker's holder keeps. */
final class SpawnDescriptors implements AutoCloseable {
  private final Posix posix;
  private final List<Fd> opened = new ArrayList<>();

  SpawnDescriptors(Posix posix) {
    this.posix = posix;
  }

  Fd add(Fd fd) {
    opened.add(fd);
    return fd;
  }

  Posix.Pipe pipe() {
    Posix.Pipe pipe = posix.pipe();
    opened.add(pipe.readEnd());
    opened.add(pipe.writeEnd());
    return pipe;
  }

  /** Leaves these open: they are somebody else's from now on. */
  void handOver(Fd... fds) {
    opened.removeAll(List.of(fds));
  }

  /** A worker whose end we could not see must not live: no descriptor is left for it. */
  Fd watchOrKill(Pid pid, Supplier<Fd> watch) {
    try {
      return watch.get();
    } catch (PosixException e) {
      var _ = posix.kill(pid, Signum.KILL);
      while (posix.reap(pid).isEmpty()) {
        Thread.onSpinWait(); // it has not run a single instruction of its own yet: it dies at once
      }
      throw e;
    }
  }

  @Override
  public void close() {
    opened.forEach(Fd::close);
  }
}
