package dev.prefork.cli.operate;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import dev.prefork.control.ControlRequest;
import dev.prefork.json.Json;
import dev.prefork.json.JsonException;
import dev.prefork.json.JsonWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The commands that send one request and print what became of it. */
final class Requests {
  private static final Pattern CHANGE = Pattern.compile("[+-]?\\d{1,9}");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

  private final Invocation invocation;
  private final Map<String, Json> arguments = new LinkedHashMap<>();

  private Requests(Invocation invocation) {
    this.invocation = invocation;
  }

  static int scale(Invocation invocation) {
    Requests request = new Requests(invocation);
    String workers = invocation.parameter();
    if (workers == null || !CHANGE.matcher(workers).matches()) {
      throw usage("WORKERS must be a number like 12, +2 or -2, not \"" + workers + "\"");
    }
    boolean change = workers.startsWith("+") || workers.startsWith("-");
    request.put(change ? "change" : "workers", Long.parseLong(workers));
    return request.withTimeout().perform("scale");
  }

  static int retire(Invocation invocation) {
    return new Requests(invocation).withSlot().withTimeout().perform("retire");
  }

  static int reopenLogs(Invocation invocation) {
    return new Requests(invocation).withTimeout().perform("reopen-logs");
  }

  static int stop(Invocation invocation) {
    Requests request = new Requests(invocation).withTimeout();
    request.put("now", OperatingCommands.NOW);
    return request.perform("stop");
  }

  static int dump(Invocation invocation) {
    Requests request = new Requests(invocation);
    if (invocation.parameter() != null) {
      request.withSlot();
    }
    return request
        .withTimeout()
        .perform("dump", line -> Texts.identity(line) + ":\n" + line.text("text"));
  }

  static int events(Invocation invocation) {
    Requests request = new Requests(invocation);
    request.put("follow", OperatingCommands.FOLLOW);
    try (ControlClient client = request.connect()) {
      var _ = client.ask(request.of("events"), request.printing(Texts::event));
      return ExitStatus.OK.code();
    }
  }

  static int deaths(Invocation invocation) {
    Requests request = new Requests(invocation);
    try (ControlClient client = request.connect()) {
      Json.Fields answer = client.ask("deaths");
      if (invocation.has(OperatingCommands.JSON)) {
        invocation.out().println(json(new Json.Items(answer.items("deaths"))));
      } else if (answer.items("deaths").isEmpty()) {
        invocation.out().println("no worker has ended");
      } else {
        for (Json.Fields death : answer.objects("deaths")) {
          invocation.out().println(Texts.death(death));
        }
      }
      return ExitStatus.OK.code();
    } catch (JsonException e) {
      throw foreign(e);
    }
  }

  static PreforkException foreign(JsonException e) {
    return new PreforkException(
        ExitStatus.FAILED,
        "the server's answer is none of this version of prefork: " + e.getMessage());
  }

  static String json(Json value) {
    JsonWriter out = new JsonWriter();
    value.write(out);
    return out.toString();
  }

  private static PreforkException usage(String why) {
    return new PreforkException(ExitStatus.USAGE, why);
  }

  private void put(String name, long number) {
    arguments.put(name, new Json.Figure(Long.toString(number)));
  }

  private void put(String name, String flag) {
    arguments.put(name, new Json.Truth(invocation.has(flag)));
  }

  private Requests withSlot() {
    String slot = invocation.parameter();
    if (slot == null || !NUMBER.matcher(slot).matches()) {
      throw usage("SLOT must be the number of a slot, as status shows it, not \"" + slot + "\"");
    }
    put("slot", Long.parseLong(slot));
    return this;
  }

  private Requests withTimeout() {
    Duration timeout = invocation.time(OperatingCommands.TIMEOUT, Duration.ZERO);
    if (timeout != null) {
      put("timeout_ms", timeout.toMillis());
    }
    return this;
  }

  private ControlRequest of(String command) {
    return new ControlRequest(command, new Json.Fields(arguments));
  }

  private ControlClient connect() {
    return ControlClient.connect(new ServerFinder(invocation.base()).find(invocation));
  }

  private int perform(String command) {
    return perform(command, _ -> null);
  }

  /**
   * Prints lines as they come, and at last what became of it: to people who must act, as errors.
   */
  private int perform(String command, LineText between) {
    try (ControlClient client = connect()) {
      Json.Fields result = client.ask(of(command), printing(between));
      if (command.equals("stop")) {
        client.awaitEnd();
      }
      int exit = (int) result.number("exit");
      if (invocation.has(OperatingCommands.JSON)) {
        invocation.out().println(json(result));
      } else if (exit == ExitStatus.OK.code()) {
        invocation.out().println(Texts.printable(result.text("text")));
      } else {
        invocation.err().println("prefork: " + Texts.printable(result.text("text")));
      }
      return exit;
    } catch (JsonException e) {
      throw foreign(e);
    }
  }

  /** How a line of an answer is shown; null for not at all. */
  @FunctionalInterface
  private interface LineText {
    @Nullable String of(Json.Fields line) throws JsonException;
  }

  private Consumer<Json.Fields> printing(LineText text) {
    return line -> {
      try {
        String shown = invocation.has(OperatingCommands.JSON) ? json(line) : text.of(line);
        if (shown != null) {
          invocation.out().println(shown);
          invocation.out().flush();
        }
      } catch (JsonException e) {
        throw foreign(e);
      }
    };
  }
}
