package dev.prefork.examples.greeting.lisp;

/** Something still to be printed: a datum, or the rest of one. */
abstract class Printable {
  /**
   * Appends this as {@code ~S} prints it. Does not print what it holds but leaves that to {@link
   * LispWriter#then}, so that nesting costs no stack of the thread.
   */
  abstract void print(LispWriter out) throws LispReadException;
}
