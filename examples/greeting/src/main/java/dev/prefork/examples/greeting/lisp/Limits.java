package dev.prefork.examples.greeting.lisp;

/** What one datum may cost at most. Whoever sends more gets a read error, never the memory. */
final class Limits {
  /** Bytes read for one datum, white space and comments included. */
  static final int BYTES = 1 << 20;

  /** Conses, elements, characters and visits spent to build one datum. */
  static final int BUILT = 1 << 20;

  /** Characters printed; a labelled object counts each time it is printed. */
  static final int PRINTED = 1 << 20;

  /** Nesting of whatever kind. */
  static final int DEPTH = 1_000;

  /** Digits of a number, its exponent's power of ten included where that is written out. */
  static final int DIGITS = 10_000;

  /** Rank of an array: SBCL's own limit (array-rank-limit is 129). */
  static final int RANK = 128;

  private Limits() {}
}
