package dev.prefork.examples.greeting.lisp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/**
 * The names of the 978 external symbols of COMMON-LISP (CLHS 1.9), loaded when a package prefix
 * first asks for them.
 */
final class CommonLispSymbols {
  private static final String RESOURCE = "common-lisp-symbols.txt";

  /** Loaded with this class, which nothing else needs. */
  private static final class Names {
    static final Set<String> ALL = load();
  }

  private CommonLispSymbols() {}

  static boolean contains(String name) {
    return Names.ALL.contains(name);
  }

  private static Set<String> load() {
    try (InputStream in = CommonLispSymbols.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new AssertionError("resource missing: " + RESOURCE);
      }
      Set<String> names = new HashSet<>();
      for (String name : new String(in.readAllBytes(), StandardCharsets.US_ASCII).split("\n", -1)) {
        names.add(name);
      }
      names.remove("");
      return names;
    } catch (IOException e) {
      throw new AssertionError("resource unreadable: " + RESOURCE, e);
    }
  }
}
