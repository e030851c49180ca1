package dev.prefork.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.posix.Signum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SignalsDocTest {
  private static final Path PAGE = Path.of("../docs/SIGNALS.md");

  @Test
  void thePageIsGeneratedFromTheTable() throws IOException {
    String page = SignalsPage.text();
    if (Boolean.getBoolean("prefork.docs.write")) {
      Files.writeString(PAGE, page);
    }

    assertThat(page).isEqualTo(Files.readString(PAGE));
  }

  @ParameterizedTest
  @EnumSource(SignalTable.class)
  void aRowIsCalledAsItsSignal(SignalTable row) {
    assertThat(row.signum()).hasToString(row.name());
    assertThat(row.action()).isNotBlank().doesNotContain("|").doesNotEndWith(".");
  }

  @Test
  void whatCannotOrMustNotBeHandledIsNoRow() {
    assertThat(SignalTable.values())
        .extracting(SignalTable::signum)
        .doesNotContain(Signum.KILL, Signum.CHLD)
        .doesNotHaveDuplicates();
  }
}
