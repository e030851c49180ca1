package dev.prefork.adopt;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's list of all locales, read from one text. To make it, the JDK asks ten of its services,
 * and each parses the same thousand names. Jetty asks for the list at every start, for its MIME
 * types. The JDK finds this in the system properties, and gives it the text.
 */
final class KnownLocales implements Function<String, Locale @Nullable []> {
  /** Where it stands. */
  static final String PROPERTY = "dev.prefork.adopt.locales";

  /** A property of the JDK: with it, services may know locales of their own. */
  private static final String PROVIDERS = "java.locale.providers";

  private static final String PART = ";";
  private static final String END = ",";

  /** Whether the list is that of the JDK alone. */
  static boolean areTheJdks() {
    return System.getProperty(PROVIDERS) == null;
  }

  /**
   * Writes them: language, country and variant of each, or its tag, which takes twice as long to
   * read, if it has more.
   */
  static String format(Locale[] all) {
    StringBuilder fields = new StringBuilder();
    StringBuilder tags = new StringBuilder();
    for (Locale locale : all) {
      List<String> three = List.of(locale.getLanguage(), locale.getCountry(), locale.getVariant());
      if (Locale.of(three.get(0), three.get(1), three.get(2)).equals(locale)) {
        three.forEach(field -> fields.append(field).append(END));
      } else {
        tags.append(locale.toLanguageTag()).append(END);
      }
    }
    return fields + PART + tags;
  }

  /** Reads them; null if the program has chosen its providers: then the JDK makes the list. */
  @Override
  public Locale @Nullable [] apply(String text) {
    return areTheJdks() ? parse(text) : null;
  }

  static Locale[] parse(String text) {
    String[] parts = text.split(PART, -1);
    String[] fields = parts[0].split(END, -1); // and nothing after the last end
    String[] tags = parts[1].split(END, -1);
    List<Locale> all = new ArrayList<>((fields.length + tags.length) / 2);
    for (int i = 0; i + 2 < fields.length; i += 3) {
      all.add(Locale.of(fields[i], fields[i + 1], fields[i + 2]));
    }
    for (int i = 0; i + 1 < tags.length; i++) {
      all.add(Locale.forLanguageTag(tags[i]));
    }
    return all.toArray(new Locale[0]);
  }
}
