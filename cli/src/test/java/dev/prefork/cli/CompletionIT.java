package dev.prefork.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.prefork.testing.Processes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The completion scripts in the shells that they are for. */
class CompletionIT {
  @TempDir private Path temporary;

  @BeforeEach
  void makeFilesToComplete() throws IOException {
    Files.createFile(temporary.resolve("shop.toml"));
    Files.createFile(temporary.resolve("shop.jar"));
  }

  private Path script(String shell) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream results = new PrintStream(out, true, UTF_8);
    int status =
        new PreforkCommand().run(new String[] {"completion", shell}, Map.of(), results, System.err);
    assertThat(status).isZero();
    return Files.write(temporary.resolve("completion." + shell), out.toByteArray());
  }

  private static void assumeShell(String shell) {
    assumeThat(Processes.succeeds(shell, "--version")).as(shell + " is installed").isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "run --acc, --accept --access-log",
    "demo --stop, --stop-timeout",
    "run --accept ?, kernel fcntl flock",
    "run --accept f, fcntl flock",
    "run --workers 3 --accep, --accept",
    "run --config shop.t, shop.toml",
    "run shop.j, shop.jar",
    "check shop.t, shop.toml",
    "co, config completion",
    "completion ?, bash zsh fish"
  })
  void bashCompletes(String line, String candidates) throws IOException {
    assumeShell("bash");
    String ask =
        """
        cd "$1"
        source "$2"
        words=($3)
        COMP_WORDS=(prefork "${words[@]/\\?/}")
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        compopt() { :; }
        _complete_prefork
        echo "${COMPREPLY[*]}"
        """;
    String folder = temporary.toString();
    String script = script("bash").toString();

    assertThat(Processes.run(List.of("bash", "-fc", ask, "bash", folder, script, line)))
        .isEqualTo(candidates + "\n");
  }

  /** A terminal on which the line is typed, a tab where it has a dot; what prefork was given. */
  @ParameterizedTest
  @CsvSource({
    "run --accep.fl., run --accept flock",
    "demo --stop., demo --stop-timeout",
    "run --config shop.t., run --config shop.toml"
  })
  void zshCompletes(String typed, String given) throws IOException {
    assumeShell("zsh");
    String ask =
        """
        cd "$1"
        zmodload zsh/zpty
        zpty shell zsh -f -i
        zpty -w shell "PS1=; autoload -U compinit; compinit -u -D; source '$2'"
        zpty -w shell "prefork() { print -r -- GIV''EN: \\$@: }; print REA''DY"
        zpty -r shell shown '*READY*'
        zpty -w shell "$3"
        zpty -r shell shown '*GIVEN:*:*'
        print -r -- "$shown"
        zpty -d shell
        """;
    String line =
        "prefork " + typed.replace("shop.t", "shop:t").replace(".", "\t").replace(":", ".");
    String folder = temporary.toString();
    String script = script("zsh").toString();

    assertThat(Processes.run(List.of("zsh", "-fc", ask, "zsh", folder, script, line)))
        .containsPattern("GIVEN: " + given.replace(".", "\\.") + " ?:");
  }

  @ParameterizedTest
  @CsvSource({
    "run --acc, --accept --access-log",
    "demo --stop, --stop-timeout",
    "'run --accept ', fcntl flock kernel",
    "run --workers 3 --accep, --accept",
    "run --config shop.t, shop.toml",
    "run shop.j, shop.jar",
    "check shop.t, shop.toml",
    "co, completion config",
    "'completion ', bash fish zsh"
  })
  void fishCompletes(String line, String candidates) throws IOException {
    assumeShell("fish");
    String ask = "cd $argv[1]; source $argv[2]; complete -C \"prefork $argv[3]\"";
    String folder = temporary.toString();
    String script = script("fish").toString();
    String shown = Processes.run(List.of("fish", "--no-config", "-c", ask, folder, script, line));

    assertThat(String.join(" ", shown.lines().map(row -> row.split("\t", -1)[0]).toList()))
        .isEqualTo(candidates);
  }

  @Test
  void anUnknownShellIsAUsageError() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        new PreforkCommand()
            .run(
                new String[] {"completion", "tcsh"},
                Map.of(),
                System.out,
                new PrintStream(err, true, UTF_8));

    assertThat(status).isEqualTo(64);
    assertThat(err.toString(UTF_8))
        .isEqualTo("prefork: shell must be one of bash, zsh, fish, not \"tcsh\"\n");
  }
}
