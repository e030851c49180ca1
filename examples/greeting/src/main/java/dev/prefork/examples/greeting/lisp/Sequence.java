package dev.prefork.examples.greeting.lisp;

/** A one-dimensional array, which may stand for a list in the contents of an array. */
interface Sequence {
  /** Returns the elements in order, in an array that the caller only reads. */
  Datum[] elements();
}
