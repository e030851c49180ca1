package dev.prefork.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * posix_spawn(3) with everything a worker must not inherit taken away: process group or session,
 * signal mask, signal actions, descriptors.
 */
final class NativeSpawn {
  private static final NativeFunction SPAWN = NativeFunction.of("posix_spawn", 6);
  private static final NativeFunction ACTIONS_INIT =
      NativeFunction.of("posix_spawn_file_actions_init", 1);
  private static final NativeFunction ACTIONS_DESTROY =
      NativeFunction.of("posix_spawn_file_actions_destroy", 1);
  private static final NativeFunction ACTIONS_DUP2 =
      NativeFunction.of("posix_spawn_file_actions_adddup2", 3);
  private static final NativeFunction ACTIONS_CLOSE_FROM =
      NativeFunction.of("posix_spawn_file_actions_addclosefrom_np", 2);
  private static final NativeFunction ATTRIBUTES_INIT =
      NativeFunction.of("posix_spawnattr_init", 1);
  private static final NativeFunction ATTRIBUTES_DESTROY =
      NativeFunction.of("posix_spawnattr_destroy", 1);
  private static final NativeFunction ATTRIBUTES_FLAGS =
      NativeFunction.of("posix_spawnattr_setflags", 2);
  private static final NativeFunction ATTRIBUTES_DEFAULTS =
      NativeFunction.of("posix_spawnattr_setsigdefault", 2);
  private static final NativeFunction ATTRIBUTES_MASK =
      NativeFunction.of("posix_spawnattr_setsigmask", 2);
  private static final NativeFunction SCHED_GETSCHEDULER =
      NativeFunction.of("sched_getscheduler", 1);
  private static final NativeFunction SCHED_SETSCHEDULER =
      NativeFunction.of("sched_setscheduler", 3);
  private static final NativeFunction SETPRIORITY = NativeFunction.of("setpriority", 3);
  private static final NativeFunction FCNTL = NativeFunction.of("fcntl", 3);

  private static final int F_DUPFD_CLOEXEC = 1030;
  private static final int SETPGROUP = 0x02;
  private static final int SETSIGDEF_SETSIGMASK = 0x04 | 0x08;
  private static final int SETSID = 0x80;
  private static final int SCHED_OTHER = 0;
  private static final int SCHED_BATCH = 3;
  private static final int SCHED_IDLE = 5;
  private static final int THIS_THREAD = 0;
  private static final int PRIO_PROCESS = 0;
  private static final int NICE = 10;
  private static final int LEAST_NICE = 19;
  private static final int OPAQUE_SIZE = 512; // glibc needs 80 and 336
  private static final int SIGSET_SIZE = 128;

  private NativeSpawn() {}

  static Pid spawn(SpawnRequest request) {
    return switch (request.scheduling()) {
      case INHERITED -> start(request);
      case BATCH -> startInBatches(request);
      case NICE -> startNice(request);
      case IDLE -> startIdle(request);
    };
  }

  /** Set afterwards: a thread without privilege can't be less nice again. */
  private static Pid startNice(SpawnRequest request) {
    Pid child = startInBatches(request);
    Tasks.visit(child, thread -> SETPRIORITY.call(PRIO_PROCESS, thread, NICE));
    yieldToOtherSessions(request, child, NICE);
    return child;
  }

  /** Set afterwards: a thread without privilege can't leave this policy, so none may enter it. */
  private static Pid startIdle(SpawnRequest request) {
    Pid child = start(request);
    Tasks.visit(child, thread -> schedule(thread, SCHED_IDLE));
    yieldToOtherSessions(request, child, LEAST_NICE);
    return child;
  }

  /** Makes a session of its own so nice: what its processes are counts within it alone. */
  private static void yieldToOtherSessions(SpawnRequest request, Pid child, int nice) {
    if (!request.ownSession()) {
      return;
    }
    try {
      Files.writeString(Path.of("/proc", child.toString(), "autogroup"), Integer.toString(nice));
    } catch (IOException e) {
      // gone already, or a kernel without session groups
    }
  }

  /**
   * The child inherits the policy of the thread that starts it. Set from outside, afterwards, it
   * would reach half of all workers too late: a JVM's first thread soon starts the one that serves.
   */
  private static Pid startInBatches(SpawnRequest request) {
    if (SCHED_GETSCHEDULER.call(THIS_THREAD) != SCHED_OTHER) {
      return start(request);
    }
    schedule(THIS_THREAD, SCHED_BATCH);
    try {
      return start(request);
    } finally {
      schedule(THIS_THREAD, SCHED_OTHER);
    }
  }

  /** Refused, or gone already: it then runs as any other does. */
  private static void schedule(int thread, int policy) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment noPriority = arena.allocate(JAVA_INT);
      var _ = SCHED_SETSCHEDULER.call(thread, policy, noPriority.address());
    }
  }

  private static Pid start(SpawnRequest request) {
    List<Integer> parked = new ArrayList<>();
    try (Arena arena = Arena.ofConfined()) {
      long actions = arena.allocate(OPAQUE_SIZE, 16).address();
      long attributes = arena.allocate(OPAQUE_SIZE, 16).address();
      require(ACTIONS_INIT, actions);
      require(ATTRIBUTES_INIT, attributes);
      try {
        addDescriptors(request.descriptors(), actions, parked);
        setAttributes(arena, attributes, request.ownSession());
        MemorySegment pid = arena.allocate(JAVA_INT);
        int error =
            SPAWN.call(
                pid.address(),
                arena.allocateFrom(request.program()).address(),
                actions,
                attributes,
                strings(arena, request.arguments()),
                strings(arena, request.environment()));
        if (error != 0) {
          throw new PosixException(
              "could not start " + request.program(), "posix_spawn", new Errno(Math.abs(error)));
        }
        return new Pid(pid.get(JAVA_INT, 0));
      } finally {
        require(ATTRIBUTES_DESTROY, attributes);
        require(ACTIONS_DESTROY, actions);
      }
    } finally {
      for (int fd : parked) {
        NativePosix.INSTANCE.close(fd);
      }
    }
  }

  /**
   * Numbers the descriptors 0, 1, 2, … in the child. Each is first copied above all of those
   * numbers: otherwise filling one place could overwrite a descriptor that is still to be placed.
   */
  private static void addDescriptors(List<Fd> descriptors, long actions, List<Integer> parked) {
    for (int target = 0; target < descriptors.size(); target++) {
      int copy = FCNTL.call(descriptors.get(target).number(), F_DUPFD_CLOEXEC, descriptors.size());
      parked.add(NativePosix.check(copy, "fcntl", "could not copy " + descriptors.get(target)));
      require(ACTIONS_DUP2, actions, copy, target);
    }
    require(ACTIONS_CLOSE_FROM, actions, descriptors.size());
  }

  private static void setAttributes(Arena arena, long attributes, boolean ownSession) {
    MemorySegment blocked = arena.allocate(SIGSET_SIZE, 8);
    if (!ownSession) {
      blocked.set(JAVA_LONG, 0, bit(Signum.TTIN) | bit(Signum.TTOU));
    }
    MemorySegment all = arena.allocate(SIGSET_SIZE, 8).fill((byte) 0xff);
    require(ATTRIBUTES_MASK, attributes, blocked.address());
    require(ATTRIBUTES_DEFAULTS, attributes, all.address());
    int leads = ownSession ? SETSID : SETPGROUP; // of the group that has its own number
    require(ATTRIBUTES_FLAGS, attributes, SETSIGDEF_SETSIGMASK | leads);
  }

  /** Of a signal in a set: the first has the lowest. */
  private static long bit(Signum signal) {
    return 1L << (signal.number() - 1);
  }

  /** Calls a function of this family: each returns 0 or an error number, and leaves errno alone. */
  private static void require(NativeFunction function, long... arguments) {
    int error = function.call(arguments);
    if (error != 0) {
      throw new PosixException(
          "could not prepare a new process", function.name(), new Errno(Math.abs(error)));
    }
  }

  private static long strings(Arena arena, List<String> values) {
    MemorySegment pointers = arena.allocate(JAVA_LONG, values.size() + 1L);
    for (int i = 0; i < values.size(); i++) {
      pointers.setAtIndex(JAVA_LONG, i, arena.allocateFrom(values.get(i)).address());
    }
    return pointers.address(); // the last entry is zero: allocated memory is cleared
  }
}
