package dev.prefork.worker;

import dev.prefork.WorkerIdentity;
import dev.prefork.accept.AccessLog;
import dev.prefork.launch.LaunchSpec;
import org.jspecify.annotations.Nullable;

/** A worker's access log, where its launch spec wants it. */
final class AccessLogs {
  private AccessLogs() {}

  /** Null if none is wanted. The log still needs a thread that writes it. */
  static @Nullable AccessLog open(LaunchSpec spec, WorkerIdentity identity) {
    String target = spec.accessLog();
    if (target.isEmpty()) {
      return null;
    }
    return target.equals(LaunchSpec.INHERITED_LOG)
        ? AccessLog.toDescriptor(spec.accessLogFd(), spec.accessLogFormat(), identity)
        : AccessLog.toFile(target, spec.accessLogFormat(), identity);
  }
}
