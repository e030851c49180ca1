package dev.prefork.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class KnownLocalesTest {
  /** Some have a script, or a variant of their own that their tag does not tell (no_NO_NY). */
  @Test
  void allOfThisJdkAreReadAsTheyWereWritten() {
    Locale[] all = Locale.getAvailableLocales();
    String text = KnownLocales.format(all);
    assertThat(KnownLocales.parse(text)).containsExactlyInAnyOrder(all);
    assertThat(text).contains("de,AT,", "no,NO,NY", "zh,Hant,TW");
  }

  @Test
  void aListMayHaveOneKindAlone() {
    List<Locale> ofEachKind =
        List.of(
            Locale.ROOT,
            Locale.GERMANY,
            Locale.forLanguageTag("sr-Latn"),
            Locale.forLanguageTag("sr-Latn-RS-ekavsk"),
            Locale.forLanguageTag("ar-EG-u-nu-latn"));
    for (Locale one : ofEachKind) {
      assertThat(KnownLocales.parse(KnownLocales.format(new Locale[] {one}))).containsExactly(one);
    }
    assertThat(KnownLocales.parse(KnownLocales.format(new Locale[0]))).isEmpty();
  }

  @Test
  void aProgramThatChoosesProvidersIsNotToldWhatTheJdkKnows() {
    String text = KnownLocales.format(new Locale[] {Locale.GERMANY});
    assertThat(new KnownLocales().apply(text)).containsExactly(Locale.GERMANY);
    var _ = System.setProperty("java.locale.providers", "SPI,CLDR");
    try {
      assertThat(new KnownLocales().apply(text)).isNull();
    } finally {
      var _ = System.clearProperty("java.locale.providers");
    }
  }
}
