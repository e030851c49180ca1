package dev.prefork.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgramConfigTest {
  @Test
  void aTrainingAsksForThePageThatEverySiteHasUnlessSomebodySaysAnother() {
    assertThat(ProgramConfig.aotPathsOf(List.of())).containsExactly("/");
    assertThat(ProgramConfig.aotPathsOf(List.of("GET /a", "/b?c=d")))
        .containsExactly("/a", "/b?c=d");
    assertThat(ProgramConfig.aotPathsOf(List.of("none"))).isEmpty();
    assertThatThrownBy(() -> ProgramConfig.aotPathsOf(List.of("/a", "b")))
        .hasMessage("aot-request must be GET and a path, as \"GET /health\", not \"b\"");
  }

  @Test
  void whoServesIsAskedNothingAndWhoTrainsIsReadyByNoLine() {
    ProgramConfig program =
        new ProgramConfig(
            Optional.empty(),
            Optional.of("ready"),
            Optional.of(7),
            Optional.empty(),
            List.of("/a"));

    assertThat(program.forServing().aotRequests()).isEmpty();
    assertThat(program.forServing().readyLog()).contains("ready");
    assertThat(program.forTraining(List.of("/b")).aotRequests()).containsExactly("/b");
    assertThat(program.forTraining(List.of("/b")).readyLog()).isEmpty();
    assertThat(program.forTraining(List.of("/b")).workerConnections()).contains(7);
  }
}
