package dev.prefork.bench;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What both commands are around their measuring: help, progress, the report, errors, and the end of
 * all that was started.
 *
 * @param out the report goes here
 * @param err progress and errors go here
 * @param belongings all that is started
 */
record Console(PrintStream out, PrintStream err, Belongings belongings) {

  /**
   * What a command has to say at its end.
   *
   * @param text Markdown
   * @param markdown where it goes too
   * @param status what the command exits with
   */
  record Findings(String text, Optional<Path> markdown, ExitStatus status) {}

  /** Runs a command in this process, whose end, by Ctrl-C too, ends all that it started. */
  static void main(Function<Console, Integer> command) {
    Belongings belongings = new Belongings();
    Runtime.getRuntime().addShutdownHook(new Thread(belongings::interrupt, "end-of-all-servers"));
    System.exit(command.apply(new Console(System.out, System.err, belongings)));
  }

  /** Writes a chart that was asked for. */
  static void write(Path file, String svg) {
    try {
      Files.writeString(file, svg);
    } catch (IOException e) {
      throw new PreforkException(ExitStatus.FAILED, "could not write " + file + ": " + e);
    }
  }

  /** Measures and reports; returns what to exit with. */
  int run(String[] args, String usage, Supplier<Findings> measurement) {
    if (List.of(args).contains("--help")) {
      out.print(usage);
      return ExitStatus.OK.code();
    }
    try (belongings) {
      Findings findings = measurement.get();
      out.print(findings.text());
      if (findings.markdown().isPresent()) {
        Files.writeString(findings.markdown().get(), findings.text());
      }
      return findings.status().code();
    } catch (PreforkException e) {
      if (!belongings.isInterrupted()) {
        progress(String.valueOf(e.getMessage()));
      }
      return e.status().code();
    } catch (IOException e) {
      progress("could not write: " + e);
      return ExitStatus.FAILED.code();
    }
  }

  void progress(String line) {
    err.println("bench: " + line);
  }

  /** Ends the run, and all that it started, if it hangs. */
  void limitTime(Duration limit) {
    Thread.ofPlatform()
        .daemon()
        .name("time-limit")
        .start(() -> {
          if (!Waiting.sleep(limit)) {
            return;
          }
          progress("not done within " + limit + ": given up");
          System.exit(ExitStatus.FAILED.code());
        });
  }

  /** Refuses a path that is no command. */
  static void requireCommand(Path prefork) {
    if (!Files.isExecutable(prefork)) {
      throw Arguments.usage("--prefork: " + prefork + " is no command");
    }
  }
}
