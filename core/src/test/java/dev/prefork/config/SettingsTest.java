package dev.prefork.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettingsTest {
  private static final Source FILE = Source.file("prefork.toml", 3);
  private static final Source VARIABLE = Source.variable("PREFORK_WORKERS");
  private static final Source FLAG = Source.flag("--workers");

  private static Layer layer(Option<?> option, Source source, String... texts) {
    Layer layer = new Layer();
    for (String text : texts) {
      layer.give(option, text, source);
    }
    return layer;
  }

  @Test
  void whatNobodyGaveIsTheDefault() {
    Settings settings = new Settings(List.of());

    assertThat(settings.value(Options.STOP_TIMEOUT)).isNull();
    assertThat(settings.texts(Options.STOP_TIMEOUT)).containsExactly("25s");
    assertThat(settings.texts(Options.NAME)).isEmpty();
    assertThat(settings.source(Options.STOP_TIMEOUT)).isEqualTo(Source.DEFAULT);
  }

  @Test
  void aLaterLayerOverridesTheEarlierOnes() {
    Layer file = layer(Options.WORKERS, FILE, "2");
    file.give(Options.STOP_TIMEOUT, "3s", FILE);
    Settings settings =
        new Settings(
            List.of(
                file, layer(Options.WORKERS, VARIABLE, "3"), layer(Options.WORKERS, FLAG, "4")));

    assertThat(settings.value(Options.WORKERS)).isEqualTo(4);
    assertThat(settings.source(Options.WORKERS)).isEqualTo(FLAG);
    assertThat(settings.value(Options.STOP_TIMEOUT)).isEqualTo(Duration.ofSeconds(3));
    assertThat(settings.source(Options.STOP_TIMEOUT)).isEqualTo(FILE);
  }

  @Test
  void theValuesOfTwoLayersAreNotAddedUp() {
    Settings settings =
        new Settings(
            List.of(layer(Options.LISTEN, FILE, "a:1", "b:2"), layer(Options.LISTEN, FLAG, "c:3")));

    assertThat(settings.values(Options.LISTEN)).containsExactly("c:3");
  }

  @Test
  void aWrongValueIsAProblemAndNoValue() {
    Layer layer = layer(Options.WORKERS, VARIABLE, "many");

    assertThat(layer.given()).isEmpty();
    assertThat(layer.problems())
        .containsExactly(new Problem(VARIABLE, "workers must be 1 to 1000, not \"many\""));
  }

  @Test
  void theFirstNamedOptionThatSomebodyGaveIsToBlame() {
    Settings settings =
        new Settings(
            List.of(layer(Options.WORKERS, FILE, "9"), layer(Options.MAX_WORKERS, FLAG, "3")));

    assertThat(settings.blame("max-workers must be at least workers (9), not 3").source())
        .isEqualTo(FLAG);
    assertThat(settings.blame("backlog must be less than workers").source()).isEqualTo(FILE);
    assertThat(settings.blame("the workers-to-be, or the co-workers").source())
        .isEqualTo(Source.DEFAULT);
  }

  @Test
  void ofSeveralValuesTheQuotedOneIsToBlame() {
    Layer layer = layer(Options.LISTEN, Source.file("f", 1), "a:1");
    layer.give(Options.LISTEN, "1978", Source.file("f", 2));

    assertThat(new Settings(List.of(layer)).blame("listen can't be \"1978\"").source())
        .isEqualTo(Source.file("f", 2));
  }

  @Test
  void aRefusalHasALineForEachProblemInTheOrderOfPlaces() {
    PreforkException refusal =
        Problem.refusal(
            List.of(
                new Problem(FLAG, "four"),
                new Problem(VARIABLE, "three"),
                new Problem(Source.file("f", 9, 2), "two"),
                new Problem(Source.file("f", 1), "one")));

    assertThat(refusal)
        .hasMessage("f:1: one\nf:9:2: two\nPREFORK_WORKERS: three\nfour (--workers)");
    assertThat(refusal.status()).isEqualTo(ExitStatus.CONFIGURATION);
  }

  @Test
  void aCommandLineAloneIsAUsageError() {
    assertThat(Problem.refusal(List.of(new Problem(FLAG, "x"))).status())
        .isEqualTo(ExitStatus.USAGE);
    assertThat(Problem.refusal(List.of(new Problem(Source.DEFAULT, "x"))))
        .hasMessage("x")
        .extracting(PreforkException::status)
        .isEqualTo(ExitStatus.USAGE);
  }

  @Test
  void anOptionsVariableIsItsNameInCapitals() {
    assertThat(Options.STOP_TIMEOUT.variable()).isEqualTo("PREFORK_STOP_TIMEOUT");
  }
}
