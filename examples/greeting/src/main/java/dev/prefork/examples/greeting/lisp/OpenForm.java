package dev.prefork.examples.greeting.lisp;

import org.jspecify.annotations.Nullable;

/**
 * A form whose end is not read yet. Open forms are the reader's stack, so that nesting costs no
 * stack of the thread.
 */
abstract class OpenForm {
  private ReadContext context;
  private @Nullable OpenForm outer;

  /** Opens a form inside which {@code context} holds. */
  OpenForm(ReadContext context) {
    this.context = context;
  }

  /**
   * Takes the next datum inside this form. Returns what the form is if that completes it, or null:
   * then it wants more, or {@link #isGone}.
   */
  abstract @Nullable Datum accept(Datum datum) throws LispReadException;

  /** True once this form is complete without being a datum, as {@code #-sbcl x}. */
  boolean isGone() {
    return false;
  }

  /** Returns what this form is when a close parenthesis ends it. */
  Datum close() throws LispReadException {
    throw new LispReadException("unmatched close parenthesis");
  }

  /** Takes a lone dot. */
  void dot() throws LispReadException {
    throw new LispReadException("dot outside a list");
  }

  final ReadContext context() {
    return context;
  }

  /** Sets what holds for the next datum inside this form. */
  final void enter(ReadContext next) {
    this.context = next;
  }

  final @Nullable OpenForm outer() {
    return outer;
  }

  /** Puts this form into another one. */
  final void openIn(@Nullable OpenForm around) {
    this.outer = around;
  }
}
