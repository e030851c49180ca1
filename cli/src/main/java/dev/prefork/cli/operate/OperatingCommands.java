package dev.prefork.cli.operate;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The commands for a running server: their options, and what runs them. */
public final class OperatingCommands {
  static final String RUNTIME_DIR = "--runtime-dir";
  static final String NAME = "--name";
  static final String JSON = "--json";
  static final String TIMEOUT = "--timeout";
  static final String INTERVAL = "--interval";
  static final String WATCH = "--watch";
  static final String OFFLINE = "--offline";
  static final String FOLLOW = "--follow";
  static final String NOW = "--now";
  static final String WORKERS = "WORKERS";
  static final String SLOT = "SLOT";

  private OperatingCommands() {}

  /** The commands by their names, in the order of the help text. */
  public static Map<String, CommandSpec> specs() {
    Map<String, CommandSpec> specs = new LinkedHashMap<>();
    specs.put("status", status());
    specs.put("top", top());
    specs.put("scale", scale());
    specs.put("retire", retire());
    specs.put("dump", dump());
    specs.put("deaths", deaths());
    specs.put("events", events());
    specs.put("reopen-logs", reopenLogs());
    specs.put("stop", stop());
    return specs;
  }

  /** Whether it is one of them. */
  public static boolean has(String command) {
    return specs().containsKey(command);
  }

  /** Runs one of them; returns the exit code. */
  public static int run(Invocation invocation) {
    return switch (invocation.command()) {
      case "status" -> new StatusCommand(invocation).run();
      case "top" -> new TopCommand(invocation).run();
      case "scale" -> Requests.scale(invocation);
      case "retire" -> Requests.retire(invocation);
      case "dump" -> Requests.dump(invocation);
      case "deaths" -> Requests.deaths(invocation);
      case "events" -> Requests.events(invocation);
      case "reopen-logs" -> Requests.reopenLogs(invocation);
      case "stop" -> Requests.stop(invocation);
      default -> throw new IllegalArgumentException(invocation.command());
    };
  }

  private static CommandSpec status() {
    CommandSpec spec = command("Show what a running server and each of its workers do.");
    json(spec, "Print the snapshot as one JSON object.");
    flag(spec, WATCH, "Go on, until Ctrl-C.");
    time(spec, INTERVAL, "With --watch: look again after this long. Default: 1s.");
    spec.addOption(
        OptionSpec.builder(OFFLINE)
            .paramLabel("FILE")
            .arity("1")
            .type(Path.class)
            .description(
                "Read a scoreboard file instead, as a supervisor that was killed leaves it, and"
                    + " say of each worker whether it still lives.")
            .build());
    return spec;
  }

  private static CommandSpec top() {
    CommandSpec spec =
        command(
            "Show a running server live, on the whole screen; q ends it. Once, as text, where"
                + " there is no terminal.");
    time(spec, INTERVAL, "Look again after this long. Default: 1s.");
    return spec;
  }

  private static CommandSpec scale() {
    CommandSpec spec = command("Change the number of workers, and wait until that many are ready.");
    spec.addPositional(
        parameter(WORKERS, "How many: 12, or so many more or fewer: +2, -2.").build());
    spec.parser().unmatchedOptionsArePositionalParams(true); // -2
    timeout(spec, "30s");
    json(spec);
    return spec;
  }

  private static CommandSpec retire() {
    CommandSpec spec =
        command("Replace one worker: another one is ready before it finishes and goes.");
    spec.addPositional(parameter(SLOT, "The worker's slot, as status shows it.").build());
    timeout(spec, "30s");
    json(spec);
    return spec;
  }

  private static CommandSpec dump() {
    CommandSpec spec = command("Print the threads of a worker's JVM, or of all workers.");
    spec.addPositional(
        parameter(SLOT, "The worker's slot; all if it is not given.")
            .required(false)
            .arity("0..1")
            .build());
    timeout(spec, "5s");
    json(spec, "Print one JSON object a worker, and one for the result.");
    return spec;
  }

  private static CommandSpec deaths() {
    CommandSpec spec = command("Show how the last workers ended, and why.");
    json(spec, "Print one JSON array.");
    return spec;
  }

  private static CommandSpec events() {
    CommandSpec spec = command("Show what has just happened in a running server.");
    flag(spec, FOLLOW, "Show what happens from now on, until Ctrl-C or the server's end.");
    json(spec, "Print one JSON object an event.");
    return spec;
  }

  private static CommandSpec reopenLogs() {
    CommandSpec spec = command("Have the log files opened anew, after they were renamed.");
    timeout(spec, "30s");
    json(spec);
    return spec;
  }

  private static CommandSpec stop() {
    CommandSpec spec = command("Stop a server, and wait for its end.");
    flag(spec, NOW, "Cut open connections instead of letting them finish.");
    timeout(spec, "as long as the server takes");
    json(spec);
    return spec;
  }

  private static CommandSpec command(String description) {
    CommandSpec spec = CommandSpec.create();
    spec.usageMessage().description(description).sortOptions(false);
    text(spec, NAME, "NAME", "Ask the server of this name; needed only if several run.");
    spec.addOption(
        OptionSpec.builder(RUNTIME_DIR)
            .paramLabel("DIR")
            .arity("1")
            .type(Path.class)
            .description("Ask the server of this runtime directory.")
            .build());
    return spec;
  }

  private static PositionalParamSpec.Builder parameter(String label, String description) {
    return PositionalParamSpec.builder()
        .index("0")
        .arity("1")
        .required(true)
        .paramLabel(label)
        .type(String.class)
        .description(description);
  }

  private static void json(CommandSpec spec) {
    json(spec, "Print what became of it as one JSON object.");
  }

  private static void json(CommandSpec spec, String description) {
    flag(spec, JSON, description);
  }

  private static void flag(CommandSpec spec, String name, String description) {
    spec.addOption(OptionSpec.builder(name).description(description).build());
  }

  private static void timeout(CommandSpec spec, String otherwise) {
    time(spec, TIMEOUT, "Wait for at most this long. Default: " + otherwise + ".");
  }

  private static void time(CommandSpec spec, String name, String description) {
    text(spec, name, "TIME", description);
  }

  private static void text(CommandSpec spec, String name, String label, String description) {
    spec.addOption(
        OptionSpec.builder(name)
            .paramLabel(label)
            .arity("1")
            .type(String.class)
            .description(description)
            .build());
  }
}
