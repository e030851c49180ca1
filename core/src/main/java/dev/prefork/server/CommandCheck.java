package dev.prefork.server;

import dev.prefork.AcceptMode;
import dev.prefork.config.Option;
import dev.prefork.config.Options;
import dev.prefork.config.ServerConfig;
import java.util.Optional;

/** Refuses what only a JVM of ours could obey. What says no more than what holds anyway passes. */
final class CommandCheck {
  private CommandCheck() {}

  /**
   * Checks a server of commands.
   *
   * @throws IllegalArgumentException naming the first option that can't be kept
   */
  static void require(ServerConfig config) {
    var limits = config.limits();
    refuse(Options.REQUEST_TIMEOUT, limits.requestTimeout(), "its requests are not seen");
    refuse(Options.SLOW_AFTER, limits.slowAfter(), "its requests are not seen");
    refuse(Options.MAX_REQUESTS, limits.maxRequests(), "its requests are not seen");
    refuse(Options.ACCESS_LOG, config.accessLog(), "its requests are not seen");
    refuse(Options.MIN_WORKERS, config.pool().followsLoad(), "who of them is idle is not seen");
    refuse(Options.SPARES, config.pool().spares() > 0, "whoever is ready accepts");
    refuse(Options.CONCURRENCY, config.concurrency() > 1, "it accepts by itself");
    refuse(Options.ACCEPT, config.accept() != AcceptMode.KERNEL, "it accepts by itself");
    boolean deadline =
        !config.connectionTimeout().equals(Options.CONNECTION_TIMEOUT.defaultValue());
    refuse(Options.CONNECTION_TIMEOUT, deadline, "its connections are its own");
    refuse(Options.AOT_REQUEST, !config.program().aotRequests().isEmpty(), "it is no JVM of ours");
    refuse(Options.WORKER_HEAP, config.workerHeap(), "it is no JVM of ours");
    boolean jvmOption = !config.workerJvmOptions().isEmpty();
    refuse(Options.WORKER_JVM_OPTION, jvmOption, "it is no JVM of ours");
  }

  private static void refuse(Option<?> option, Optional<?> value, String why) {
    refuse(option, value.isPresent(), why);
  }

  private static void refuse(Option<?> option, boolean given, String why) {
    if (given) {
      throw new IllegalArgumentException(
          option.name() + " can't be kept of a " + Options.COMMAND.name() + ": " + why);
    }
  }
}
