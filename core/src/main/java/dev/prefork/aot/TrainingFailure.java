package dev.prefork.aot;

import java.io.IOException;
import java.io.Serial;

/** A step of a training that did not do what it is for. */
class TrainingFailure extends IOException {
  @Serial private static final long serialVersionUID = 1;

  TrainingFailure(String message) {
    super(message);
  }
}
