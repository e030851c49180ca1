package dev.prefork.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuntimePathsTest {
  private static final String ADDRESS = "127.0.0.1:1978";

  @TempDir private Path xdg;

  private Path directory(@Nullable String given, @Nullable String name, String address) {
    return RuntimePaths.directory(
        given, name, "demo", address, Map.of("XDG_RUNTIME_DIR", xdg.toString()));
  }

  @Test
  void theDirectoryThatIsGivenIsTaken() {
    assertThat(directory("/srv/run", "x", ADDRESS)).isEqualTo(Path.of("/srv/run"));
    assertThat(directory("run", null, ADDRESS)).isEqualTo(Path.of("run").toAbsolutePath());
  }

  @Test
  void theNameDefaultsToApplicationAndFirstAddress() {
    assertThat(directory(null, null, ADDRESS))
        .isEqualTo(xdg.resolve("prefork/demo-127.0.0.1:1978"));
    assertThat(directory(null, "mine", ADDRESS)).isEqualTo(xdg.resolve("prefork/mine"));
  }

  @Test
  void serversOnPortsThatTheKernelChoosesDoNotMeet() {
    assertThat(directory(null, null, "127.0.0.1:0"))
        .isEqualTo(xdg.resolve("prefork/demo-127.0.0.1:0-" + ProcessHandle.current().pid()));
  }

  @Test
  void anAddressCannotLeadOutOfTheDirectory() {
    assertThat(directory(null, null, "../../etc:80").getParent()).isEqualTo(xdg.resolve("prefork"));
  }

  @Test
  void withoutARuntimeDirectoryOfTheUserThereIsAnother() throws IOException {
    int uid = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    Path expected =
        uid == 0
            ? Path.of("/run/prefork/x")
            : Path.of(System.getProperty("java.io.tmpdir"), "prefork-" + uid, "x");

    for (String useless : new String[] {"", "relative", xdg + "/missing"}) {
      assertThat(
              RuntimePaths.directory(
                  null, "x", "demo", ADDRESS, Map.of("XDG_RUNTIME_DIR", useless)))
          .isEqualTo(expected);
    }
    assertThat(RuntimePaths.directory(null, "x", "demo", ADDRESS, Map.of())).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", ".hidden", "a/b", "-x", "a b", "größe", "a\n"})
  void aNameThatIsNoneIsRefusedEvenIfItIsNotNeeded(String name) {
    assertThatThrownBy(() -> directory("/srv/run", name, ADDRESS))
        .hasMessageStartingWith("name must be")
        .hasMessageEndingWith("not \"" + name + "\"")
        .asInstanceOf(InstanceOfAssertFactories.type(PreforkException.class))
        .extracting(PreforkException::status)
        .isEqualTo(ExitStatus.USAGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "web-1", "api.example.org:80", "x[1]", "_x"})
  void ordinaryNamesAreFine(String name) {
    assertThat(directory(null, name, ADDRESS)).isEqualTo(xdg.resolve("prefork").resolve(name));
  }
}
