package dev.prefork.aot;

import java.io.Serial;

/** A step of a training that was not done in time. */
final class TrainingTimeout extends TrainingFailure {
  @Serial private static final long serialVersionUID = 1;

  TrainingTimeout() {
    super("it took too long");
  }
}
