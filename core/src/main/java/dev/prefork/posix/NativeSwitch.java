package dev.prefork.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** What a descriptor's number means, and who is told of it: dup2(2), epoll_ctl(2), tgkill(2). */
final class NativeSwitch {
  private static final NativeFunction DUP2 = NativeFunction.of("dup2", 2);
  private static final NativeFunction EPOLL_CTL = NativeFunction.of("epoll_ctl", 4);
  private static final NativeFunction GETTID = NativeFunction.of("gettid", 0);
  private static final NativeFunction TGKILL = NativeFunction.of("tgkill", 3);

  /** SIGRTMAX - 2: the JDK's own, in NativeThread.c; its handler does nothing. */
  private static final int INTERRUPT_SIGNAL = 62;

  private static final int EVENT_SIZE = 16;

  /** struct epoll_event is packed on x86-64 alone. */
  private static final int DATA_OFFSET = System.getProperty("os.arch").equals("amd64") ? 4 : 8;

  private NativeSwitch() {}

  static void replace(int number, Fd by) {
    String what = "could not let descriptor " + number + " mean " + by;
    NativePosix.check(DUP2.call(by.number(), number), "dup2", what);
  }

  static int control(int set, Posix.Interest interest, int number, int events) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment event = arena.allocate(EVENT_SIZE);
      event.set(JAVA_INT_UNALIGNED, 0, events);
      event.set(JAVA_LONG_UNALIGNED, DATA_OFFSET, number);
      return -EPOLL_CTL.call(set, interest.operation(), number, event.address());
    }
  }

  static int currentThread() {
    return GETTID.call();
  }

  /** A thread that is gone by now need not be woken. */
  static void interrupt(int thread) {
    var _ = TGKILL.call(Pid.self().value(), thread, INTERRUPT_SIGNAL);
  }
}
