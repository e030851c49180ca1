package dev.prefork.examples.greeting.lisp;

/** What building one datum may still spend. Charged before memory is taken or time is spent. */
final class Budget {
  private int left = Limits.BUILT;

  Budget() {}

  /**
   * Takes {@code amount} conses, elements, characters or visits, not negative.
   *
   * @throws LispReadException if so much is not left
   */
  void charge(int amount) throws LispReadException {
    if (amount > left) {
      throw new LispReadException("datum of more than " + Limits.BUILT + " objects");
    }
    left -= amount;
  }
}
