package dev.prefork.war;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarConfigTest {
  private static final List<String> WORDS =
      List.of(
          "war=/srv/a=b.war",
          "context-path=/",
          "work=/run/shop/war",
          "jakarta-ee=11",
          "threads=16",
          "max-header=16384",
          "max-body=1",
          "idle-timeout-ms=30000",
          "stop-timeout-ms=25000");

  private static WarConfig parse(String... more) {
    List<String> words = new ArrayList<>(WORDS);
    words.addAll(List.of(more));
    return WarConfig.parse(words.toArray(String[]::new));
  }

  @Test
  void itsWordsAreRead() {
    WarConfig config = parse("tls-certificate=c.pem", "tls-key=k.pem");
    assertThat(config.war()).isEqualTo(Path.of("/srv/a=b.war"));
    assertThat(config.idleTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.certificate()).contains(Path.of("c.pem"));
    assertThat(parse().key()).isEmpty();
  }

  @Test
  void wordsOfAnotherVersionAreRefused() {
    assertThatThrownBy(() -> parse("colour=red")).hasMessageContaining("words too many");
    assertThatThrownBy(() -> parse("threads=16")).hasMessageContaining("one twice: threads=16");
    assertThatThrownBy(() -> parse("tls-key=k.pem")).hasMessageContaining("certificate");
    assertThatThrownBy(() -> WarConfig.parse(new String[] {"war=a.war"}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is missing");
  }
}
