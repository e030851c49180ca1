package dev.prefork.cli;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import dev.prefork.config.Option;
import dev.prefork.config.Options;
import dev.prefork.config.Problem;
import dev.prefork.config.Settings;
import dev.prefork.config.WarOptions;
import dev.prefork.server.PreforkServer;
import dev.prefork.server.PreforkServerBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Settings to a builder: what nobody gave is left to the builder's defaults. */
final class ServerOptions {
  private final Settings settings;
  private final List<Problem> problems = new ArrayList<>();

  private ServerOptions(Settings settings) {
    this.settings = settings;
  }

  /** Sets all that is given, once it has been checked. */
  static void apply(Settings settings, PreforkServerBuilder builder) {
    ServerOptions options = new ServerOptions(settings);
    options.setAll(builder);
    options.refuse();
  }

  /**
   * Checks all that can be checked without a start.
   *
   * @param known what is wrong already; whether values fit together shows once each is right
   * @throws PreforkException with everything that is wrong, and its sources
   */
  static void check(Settings settings, List<Problem> known) {
    ServerOptions options = new ServerOptions(settings);
    options.problems.addAll(known);
    PreforkServerBuilder builder = options.neverStarted();
    options.setAll(builder);
    if (options.problems.isEmpty()) {
      options.attempt(builder::check);
    }
    options.refuse();
  }

  /** Whether values fit together depends on what is to be served. */
  private PreforkServerBuilder neverStarted() {
    if (settings.given(Options.COMMAND).isEmpty()) {
      String application = settings.value(Options.APPLICATION);
      return application == null || Application.isFile(application)
          ? PreforkServer.program(Path.of("never started"), List.of()) // or a handler's jar
          : PreforkServer.builder("never started");
    }
    for (Option<?> option : List.of(Options.APPLICATION, Options.CLASS_PATH)) {
      if (!settings.given(option).isEmpty()) {
        problems.add(
            settings.blame(
                option.name() + " and " + Options.COMMAND.name() + " exclude each other"));
      }
    }
    attempt(() -> Command.words(settings));
    return PreforkServer.command(List.of("never started"));
  }

  private void refuse() {
    if (!problems.isEmpty()) {
      throw Problem.refusal(problems);
    }
  }

  /** An option that the builder knows is one more line here. */
  private void setAll(PreforkServerBuilder builder) {
    set(Options.LISTEN, builder::listen);
    set(Options.WORKERS, builder::workers);
    set(Options.MAX_WORKERS, builder::maxWorkers);
    set(Options.MIN_WORKERS, builder::minWorkers);
    set(Options.MIN_SPARE, builder::minSpare);
    set(Options.MAX_SPARE, builder::maxSpare);
    set(Options.SPARES, builder::spares);
    set(Options.READY_AFTER, builder::readyAfter);
    set(Options.SLOW_AFTER, builder::slowAfter);
    set(Options.REQUEST_TIMEOUT, builder::requestTimeout);
    set(Options.MAX_REQUESTS, builder::maxRequests);
    set(Options.MAX_AGE, builder::maxAge);
    set(Options.MAX_MEMORY, builder::maxMemory);
    set(Options.BACKLOG, builder::backlog);
    set(Options.ACCEPT, builder::accept);
    set(Options.CONCURRENCY, builder::concurrency);
    set(Options.STOP_TIMEOUT, builder::stopTimeout);
    set(Options.START_TIMEOUT, builder::startTimeout);
    set(Options.CONNECTION_TIMEOUT, builder::connectionTimeout);
    set(Options.READY_WHEN, builder::readyWhen);
    set(Options.READY_LOG, builder::readyLog);
    set(Options.WORKER_CONNECTIONS, builder::workerConnections);
    set(Options.HEARTBEAT_TIMEOUT, builder::heartbeatTimeout);
    set(Options.AOT_REQUEST, builder::aotRequest);
    set(Options.WORKER_HEAP, builder::workerHeap);
    set(Options.WORKER_JVM_OPTION, builder::workerJvmOption);
    set(Options.ACCESS_LOG, builder::accessLog);
    set(Options.SLOW_LOG, file -> builder.slowLog(Path.of(file)));
    set(Options.ADMIN, builder::admin);
    set(Options.LOG_FORMAT, builder::logFormat);
    set(Options.NAME, RuntimePaths::checkName);
    set(WarOptions.CONTEXT_PATH, WarProgram::checkContextPath);
    attempt(() -> WarProgram.checkTls(settings));
  }

  private <T> void set(Option<T> option, Consumer<T> setter) {
    for (T value : settings.values(option)) {
      attempt(() -> setter.accept(value));
    }
  }

  private void attempt(Runnable step) {
    try {
      step.run();
    } catch (IllegalArgumentException e) {
      problems.add(settings.blame(String.valueOf(e.getMessage())));
    } catch (PreforkException e) {
      if (e.status() != ExitStatus.USAGE) {
        throw e;
      }
      problems.add(settings.blame(String.valueOf(e.getMessage())));
    }
  }
}
