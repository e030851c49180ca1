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
   * Writes them: those with language, country and variant, those with language, script and country,
   * which take longer to read, and the tags of those that have more, which take longest.
   */
  static String format(Locale[] all) {
    StringBuilder plain = new StringBuilder();
    StringBuilder scripted = new StringBuilder();
    StringBuilder tags = new StringBuilder();
    for (Locale locale : all) {
      String language = locale.getLanguage();
      String country = locale.getCountry();
      if (Locale.of(language, country, locale.getVariant()).equals(locale)) {
        append(plain, language, country, locale.getVariant());
      } else if (locale.getVariant().isEmpty() && !locale.hasExtensions()) {
        append(scripted, language, locale.getScript(), country);
      } else {
        append(tags, locale.toLanguageTag());
      }
    }
    return plain + PART + scripted + PART + tags;
  }

  private static void append(StringBuilder text, String... fields) {
    for (String field : fields) {
      text.append(field).append(END);
    }
  }

  /** Reads them; null if the program has chosen its providers: then the JDK makes the list. */
  @Override
  public Locale @Nullable [] apply(String text) {
    return areTheJdks() ? parse(text) : null;
  }

  static Locale[] parse(String text) {
    String[] parts = text.split(PART, -1);
    String[] plain = parts[0].split(END, -1); // and nothing after the last end
    String[] scripted = parts[1].split(END, -1);
    String[] tags = parts[2].split(END, -1);
    List<Locale> all = new ArrayList<>((plain.length + scripted.length) / 3 + tags.length);
    for (int i = 0; i + 2 < plain.length; i += 3) {
      all.add(Locale.of(plain[i], plain[i + 1], plain[i + 2]));
    }
    Locale.Builder builder = new Locale.Builder();
    for (int i = 0; i + 2 < scripted.length; i += 3) {
      builder.setLanguage(scripted[i]).setScript(scripted[i + 1]).setRegion(scripted[i + 2]);
      all.add(builder.build());
    }
    for (int i = 0; i + 1 < tags.length; i++) {
      all.add(Locale.forLanguageTag(tags[i]));
    }
    return all.toArray(new Locale[0]);
  }
}
