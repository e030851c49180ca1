package dev.prefork.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.posix.Pid;
import dev.prefork.posix.Signum;
import dev.prefork.posix.WaitStatus;
import dev.prefork.supervisor.Death.Reached;
import java.time.Duration;
import java.util.Random;

/** One process of the {@link SimulatedKernel}. */
final class SimulatedWorker {
  private final int slot;
  private final Pid pid;
  private final WorkerHabits habits;
  private final Random random;
  private boolean saidReady;
  private boolean accepts;
  private boolean asked;
  private boolean killed;
  private boolean dead;

  SimulatedWorker(int slot, Pid pid, WorkerHabits habits, Random random) {
    this.slot = slot;
    this.pid = pid;
    this.habits = habits;
    this.random = random;
  }

  int slot() {
    return slot;
  }

  Pid pid() {
    return pid;
  }

  private boolean happens(double probability) {
    return random.nextDouble() < probability;
  }

  private Duration within(int millis) {
    return Duration.ofMillis(random.nextInt(millis + 1));
  }

  void begin(SimulatedKernel kernel) {
    if (happens(habits.refuses())) {
      endAfter(kernel, within(200), new WaitStatus.Exited(78), "no such handler");
    } else if (happens(habits.diesEarly())) {
      endAfter(kernel, within(200), earlyDeath(), "");
    } else if (!happens(habits.hangs())) {
      kernel.after(within(400), () -> ready(kernel));
    }
  }

  private WaitStatus earlyDeath() {
    return switch (random.nextInt(3)) {
      case 0 -> new WaitStatus.Exited(70);
      case 1 -> new WaitStatus.Signaled(11, false);
      default -> new WaitStatus.Unknown();
    };
  }

  private void ready(SimulatedKernel kernel) {
    if (dead) {
      return;
    }
    saidReady = true;
    kernel.arrive(new Event.WorkerReady(pid));
    if (happens(habits.dies())) {
      endAfter(kernel, within(20_000), new WaitStatus.Signaled(9, false), "");
    }
  }

  boolean wasAsked() {
    return asked;
  }

  /** The supervisor lets it accept. */
  void accepts(SimulatedKernel kernel) {
    assertThat(saidReady).as("a worker that is not ready can't accept: %s", kernel).isTrue();
    assertThat(accepts).as("told twice to accept: %s", kernel).isFalse();
    accepts = true;
  }

  /** The supervisor asks it to drain. */
  void drained(SimulatedKernel kernel) {
    assertThat(saidReady).as("a worker that is not ready does not listen: %s", kernel).isTrue();
    asked = true;
    if (!happens(habits.ignores())) {
      endAfter(kernel, within(3_000), new WaitStatus.Exited(0), "");
    }
  }

  /** The supervisor sends it a signal. */
  void signalled(SimulatedKernel kernel, Signum signal) {
    assertThat(killed).as("a signal after KILL to %s: %s", pid, kernel).isFalse();
    if (signal == Signum.KILL) {
      assertThat(asked || !saidReady)
          .as("a worker that was ready is asked before it is killed: %s", kernel)
          .isTrue();
      killed = true;
      endAfter(kernel, within(50), new WaitStatus.Signaled(9, false), "");
      return;
    }
    if (signal == Signum.QUIT) {
      assertThat(saidReady).as("QUIT ends a JVM that does not handle it yet: %s", kernel).isTrue();
      return;
    }
    asked = true;
    if (!happens(habits.ignores())) {
      endAfter(kernel, within(300), new WaitStatus.Exited(128 + signal.number()), "");
    }
  }

  /** Somebody else sends it TERM, or it ends by itself. */
  void termedByOthers(SimulatedKernel kernel) {
    if (!saidReady || dead || asked) {
      return;
    }
    asked = true;
    kernel.arrive(happens(0.5) ? new Event.WorkerLeaving(pid) : new Event.WorkerEnding(pid));
    if (!happens(habits.ignores())) {
      endAfter(kernel, within(1_000), new WaitStatus.Exited(0), "");
    }
  }

  private void endAfter(SimulatedKernel kernel, Duration delay, WaitStatus status, String words) {
    kernel.after(
        delay,
        () -> {
          if (!dead) {
            dead = true;
            kernel.reaped(this, status, Reached.MAIN, words);
          }
        });
  }
}
