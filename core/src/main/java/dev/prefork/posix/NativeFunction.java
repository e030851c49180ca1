package dev.prefork.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One function of the C library.
 *
 * <p>All are called in one shape, six 64-bit integers in and one out, so that a process links once:
 * each further shape costs the start of a process a dozen method handles. Both platforms (System V
 * x86-64, AAPCS64) pass six integers in registers: a pointer is one, of an int the callee reads the
 * low half, and what it has no parameter for it does not read.
 */
final class NativeFunction {
  private static final int MOST_ARGUMENTS = 6;
  private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
  private static final long ERRNO_OFFSET =
      CALL_STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));
  private static final Linker LINKER = Linker.nativeLinker();
  private static final MethodHandle CALL = link();

  private final String name;
  private final int arity;
  private volatile @Nullable MemorySegment address;

  private NativeFunction(String name, int arity) {
    if (arity > MOST_ARGUMENTS) {
      throw new AssertionError(name + ": no call shape for " + arity);
    }
    this.name = name;
    this.arity = arity;
  }

  /**
   * A function, found at its first call.
   *
   * @param arity how many arguments it takes; one that is declared with an ellipsis, with which it
   *     is called
   */
  static NativeFunction of(String name, int arity) {
    return new NativeFunction(name, arity);
  }

  String name() {
    return name;
  }

  /**
   * Calls the function; errno is captured in the call itself, before anything else on this thread
   * can change it.
   *
   * @return its int result if that is not negative, else the negated errno
   */
  int call(long... arguments) {
    if (arguments.length != arity) {
      throw new AssertionError(name + " takes " + arity + " arguments, not " + arguments.length);
    }
    long[] all = Arrays.copyOf(arguments, MOST_ARGUMENTS);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      int result = (int) invoke(state, all);
      return result < 0 ? -state.get(ValueLayout.JAVA_INT, ERRNO_OFFSET) : result;
    }
  }

  private long invoke(MemorySegment state, long[] a) {
    try {
      return (long) CALL.invokeExact(address(), state, a[0], a[1], a[2], a[3], a[4], a[5]);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable t) {
      throw new AssertionError(name + ": the call does not match its shape", t); // cannot happen
    }
  }

  private MemorySegment address() {
    MemorySegment found = address;
    if (found == null) {
      found =
          LINKER
              .defaultLookup()
              .find(name)
              .orElseThrow(
                  () -> new UnsupportedOperationException("the C library has no function " + name));
      address = found; // two threads may both look: the same function twice, no harm
    }
    return found;
  }

  /** As if an ellipsis came after the last: those that have one want to be told how many floats. */
  @SuppressWarnings("restricted") // this package is the one that needs --enable-native-access
  private static MethodHandle link() {
    MemoryLayout[] parameters = new MemoryLayout[MOST_ARGUMENTS];
    Arrays.fill(parameters, ValueLayout.JAVA_LONG);
    return LINKER.downcallHandle(
        FunctionDescriptor.of(ValueLayout.JAVA_LONG, parameters),
        Linker.Option.captureCallState("errno"),
        Linker.Option.firstVariadicArg(MOST_ARGUMENTS));
  }
}
