package dev.prefork.posix;

import org.jspecify.annotations.Nullable;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Signal handlers of this JVM. The only class that imports {@code sun.misc.Signal}: the JDK has no
 * other way to catch TERM without ending.
 */
public final class Signals {
  private Signals() {}

  /**
   * Runs {@code action} at each arrival of {@code signal}, on a new thread of the JVM's. Signals
   * coalesce in the kernel: two sent may arrive as one.
   *
   * @return false if the signal was ignored when this JVM started and still is (nohup): the JVM
   *     then keeps it ignored
   * @throws IllegalArgumentException if the JVM keeps the signal to itself (QUIT, KILL, STOP, SEGV)
   */
  public static boolean handle(Signum signal, Runnable action) {
    Signal caught = new Signal(signal.name());
    SignalAction handler = new SignalAction(action);
    var _ = Signal.handle(caught, handler);
    // The second call returns what the first left: our handler, or SIG_IGN.
    return Signal.handle(caught, handler).equals(handler);
  }

  /**
   * Sends the signal to this process: its handlers run as if it had come from outside (raise(3)).
   *
   * @throws IllegalArgumentException if the JVM knows no such signal
   */
  public static void raise(Signum signal) {
    Signal.raise(new Signal(signal.name()));
  }

  /**
   * A signal that does for a while not what it would have done, in a JVM that is not ours alone: a
   * program may install its own handler over this one, and call this one from there.
   */
  public static final class Interception implements SignalHandler {
    private final Signal signal;
    private final Runnable action;
    private volatile @Nullable SignalHandler before;
    private volatile boolean released;

    /** {@code action} runs at each arrival of {@code signal}, once this is begun. */
    public Interception(Signum signal, Runnable action) {
      this.signal = new Signal(signal.name());
      this.action = action;
    }

    /**
     * From now on the action runs. Apart from the constructor: the signal may come at once, and the
     * action may need this.
     *
     * @throws IllegalArgumentException if the JVM keeps the signal to itself
     */
    public void begin() {
      before = Signal.handle(signal, this);
    }

    /** Whether somebody else than the JVM handled it before, or does so in the place of this. */
    public boolean isOthersToo() {
      SignalHandler now = Signal.handle(signal, this);
      var _ = Signal.handle(signal, now);
      SignalHandler before = this.before;
      return !now.equals(this) || (before != null && before.getClass().getClassLoader() != null);
    }

    /** From now on the signal does what it did before. */
    public void release() {
      released = true;
    }

    @Override
    public void handle(Signal signal) {
      SignalHandler before = this.before;
      if (!released || before == null) {
        action.run();
      } else {
        before.handle(signal);
      }
    }
  }

  /** Neither lambda nor record: a worker installs one at start, and links no call site for it. */
  private static final class SignalAction implements SignalHandler {
    private final Runnable action;

    SignalAction(Runnable action) {
      this.action = action;
    }

    @Override
    public void handle(Signal signal) {
      action.run();
    }
  }
}
