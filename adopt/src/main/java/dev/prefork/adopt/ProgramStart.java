package dev.prefork.adopt;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkWorker;
import dev.prefork.launch.LaunchSpec;
import dev.prefork.launch.LaunchSpecCodec;
import dev.prefork.launch.WorkerReport;
import dev.prefork.posix.Fd;
import dev.prefork.posix.Posix;
import dev.prefork.worker.ReportingProgram;
import dev.prefork.worker.Supervision;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What the agent does before the program's main: rewrites the JDK's listening sockets, and then
 * obeys the supervisor on a thread of its own.
 */
final class ProgramStart {
  /** Without one of them the program would bind a socket of its own, or take what is not its. */
  static final Set<String> NEEDED =
      Set.of(
          "ServerSocketChannelImpl.bind",
          "ServerSocketChannelImpl.listen",
          "ServerSocketChannelImpl.accept",
          "ServerSocketChannelImpl.configureBlocking",
          "ServerSocketChannelImpl.select",
          "NioSocketImpl.bind",
          "NioSocketImpl.listen",
          "NioSocketImpl.accept",
          "NioSocketImpl.configureBlocking");

  private ProgramStart() {}

  static void begin(Instrumentation instrumentation) {
    Supervision supervision = new Supervision();
    supervision.report(WorkerReport.Kind.STARTED, "");
    try {
      LaunchSpec spec = LaunchSpecCodec.readInherited();
      SharedListeners listeners =
          new SharedListeners(
              inherited(spec), () -> supervision.report(WorkerReport.Kind.READY, ""));
      var _ = System.getProperties().put(SocketRewriter.QUESTIONS, listeners);
      ReportingProgram program = new ReportingProgram(spec, supervision, listeners.addresses());
      var _ = System.getProperties().put(PreforkWorker.PROPERTY, program);
      rewriteSockets(instrumentation);
      Thread.ofPlatform()
          .daemon()
          .name("prefork-commands")
          .start(new ProgramWorker(supervision, listeners, program, spec.stopTimeout()));
    } catch (IOException | RuntimeException e) {
      supervision.report(WorkerReport.Kind.FAILED, String.valueOf(e.getMessage()));
      Runtime.getRuntime().halt(ExitStatus.CONFIGURATION.code());
    }
  }

  private static List<SharedListener> inherited(LaunchSpec spec) {
    Posix posix = Posix.system();
    List<SharedListener> listeners = new ArrayList<>();
    for (int i = 0; i < spec.listeners().size(); i++) {
      listeners.add(new SharedListener(posix, new Fd(posix, LaunchSpec.FIRST_LISTENER_FD + i)));
    }
    return listeners;
  }

  private static void rewriteSockets(Instrumentation instrumentation) throws IOException {
    SocketRewriter rewriter = new SocketRewriter();
    instrumentation.addTransformer(rewriter, true);
    try {
      for (String name : SocketRewriter.CLASSES) {
        instrumentation.retransformClasses(Class.forName(name));
      }
    } catch (ClassNotFoundException | UnmodifiableClassException | LinkageError e) {
      throw misfit(e.toString());
    } finally {
      var _ = instrumentation.removeTransformer(rewriter);
    }
    if (!rewriter.failures().isEmpty()) {
      throw misfit(rewriter.failures().getFirst().toString());
    }
    if (!rewriter.rewritten().containsAll(NEEDED)) {
      throw misfit("only " + rewriter.rewritten() + " were found");
    }
  }

  private static IOException misfit(String why) {
    return new IOException(
        "can't share listeners with a program on this JDK ("
            + Runtime.version()
            + "), whose sockets are not those of JDK 25: "
            + why);
  }
}
