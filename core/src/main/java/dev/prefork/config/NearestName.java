package dev.prefork.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that somebody meant who wrote a wrong one. */
public final class NearestName {
  private NearestName() {}

  /**
   * The right name with the fewest changes from the wrong one: a letter put in, left out or
   * replaced, or two neighbours exchanged. Capitals and underscores count as small letters and
   * dashes.
   *
   * @return empty if every name is further away than a third of the wrong one's length
   */
  public static Optional<String> of(String wrong, Collection<String> right) {
    String written = wrong.toLowerCase(Locale.ROOT).replace('_', '-');
    Optional<String> nearest = Optional.empty();
    int fewest = Math.max(1, written.length() / 3) + 1;
    for (String name : right) {
      int changes = distance(written, name);
      if (changes < fewest) {
        fewest = changes;
        nearest = Optional.of(name);
      }
    }
    return nearest;
  }

  /** The optimal string alignment distance: three rows of its table suffice. */
  private static int distance(String a, String b) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] free = beforeLast;
      beforeLast = last;
      last = row;
      row = free;
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(last[j], row[j - 1]) + 1);
        boolean exchanged =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (exchanged) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
    }
    return row[b.length()];
  }
}
