package dev.prefork.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One function of the C library, linked at its first call.
 *
 * <p>Every argument and the result are passed as 64-bit integers: pointers are that, and for an int
 * both platforms (System V x86-64, AAPCS64) read the low half of the register. So all functions of
 * one arity share one call shape, and linking thirty of them costs little more than linking six.
 */
final class NativeFunction {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final int NO_VARIADIC = -1;

  private final String name;
  private final int arity;
  private final int firstVariadic;
  private volatile @Nullable MethodHandle handle;

  private NativeFunction(String name, int arity, int firstVariadic) {
    this.name = name;
    this.arity = arity;
    this.firstVariadic = firstVariadic;
  }

  static NativeFunction of(String name, int arity) {
    return new NativeFunction(name, arity, NO_VARIADIC);
  }

  /** A function declared with an ellipsis: {@code firstVariadic} counts the arguments before it. */
  static NativeFunction variadic(String name, int arity, int firstVariadic) {
    return new NativeFunction(name, arity, firstVariadic);
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
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      int result = (int) invoke(state, arguments);
      return result < 0 ? -(int) ERRNO.get(state, 0L) : result;
    }
  }

  private long invoke(MemorySegment state, long[] a) {
    MethodHandle target = linked();
    try {
      return switch (a.length) {
        case 1 -> (long) target.invokeExact(state, a[0]);
        case 2 -> (long) target.invokeExact(state, a[0], a[1]);
        case 3 -> (long) target.invokeExact(state, a[0], a[1], a[2]);
        case 4 -> (long) target.invokeExact(state, a[0], a[1], a[2], a[3]);
        case 5 -> (long) target.invokeExact(state, a[0], a[1], a[2], a[3], a[4]);
        case 6 -> (long) target.invokeExact(state, a[0], a[1], a[2], a[3], a[4], a[5]);
        default -> throw new AssertionError(name + ": no call shape for " + a.length);
      };
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable t) {
      throw new AssertionError(name + ": the call does not match its shape", t); // cannot happen
    }
  }

  private MethodHandle linked() {
    MethodHandle linked = handle;
    if (linked == null) {
      linked = link();
      handle = linked; // two threads may both link: the same function twice, no harm
    }
    return linked;
  }

  @SuppressWarnings("restricted") // this package is the one that needs --enable-native-access
  private MethodHandle link() {
    MemoryLayout[] parameters = new MemoryLayout[arity];
    Arrays.fill(parameters, ValueLayout.JAVA_LONG);
    FunctionDescriptor shape = FunctionDescriptor.of(ValueLayout.JAVA_LONG, parameters);
    MemorySegment address =
        LINKER
            .defaultLookup()
            .find(name)
            .orElseThrow(
                () -> new UnsupportedOperationException("the C library has no function " + name));
    Linker.Option errno = Linker.Option.captureCallState("errno");
    return firstVariadic == NO_VARIADIC
        ? LINKER.downcallHandle(address, shape, errno)
        : LINKER.downcallHandle(
            address, shape, errno, Linker.Option.firstVariadicArg(firstVariadic));
  }
}
