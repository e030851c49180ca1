package dev.prefork.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The doctor on the machine of the tests, whatever is wrong with it. */
class DoctorIT {
  @RegisterExtension final Commands commands = new Commands();

  @Test
  void theExitCodeSaysWhetherThereAreProblems() {
    RunningCommand doctor = commands.launch(List.of("doctor"));
    int code = doctor.awaitExit();

    assertThat(doctor.output())
        .containsPattern("\\d+ checks; problems: " + (code == 0 ? "0" : "[1-9]\\d*") + ", ");
    assertThat(code).isBetween(0, 1);
    assertThat(doctor.output()).doesNotContain("JDK lacks", "can't adopt", "native access");
    assertThat(doctor.log()).isEmpty();
  }

  @Test
  void aPlanBeyondAnyMachineIsAProblem() {
    RunningCommand doctor =
        commands.launch(
            List.of("doctor", "--json", "--workers", "1000", "--worker-heap", "1024GiB"));

    assertThat(doctor.awaitExit()).isEqualTo(1);
    assertThat(doctor.output())
        .startsWith("{\"findings\":[{\"level\":\"problem\"")
        .contains("\"check\":\"memory\",\"text\":\"1001 workers with 1048576 MiB of heap")
        .endsWith("}\n")
        .hasLineCount(1);
  }

  @Test
  void anApplicationThatIsNotThereIsRefused() {
    commands.expect("missing.jar: no such file");
    RunningCommand doctor = commands.launch(List.of("doctor", "missing.jar"));

    assertThat(doctor.awaitExit()).isEqualTo(78);
    assertThat(doctor.output()).isEmpty();
  }

  @Test
  void aBadValueIsRefusedAsElsewhere() {
    commands.expect("workers must be");
    RunningCommand doctor = commands.launch(List.of("doctor", "--workers", "0"));

    assertThat(doctor.awaitExit()).isEqualTo(64);
    assertThat(doctor.output()).isEmpty();
  }
}
