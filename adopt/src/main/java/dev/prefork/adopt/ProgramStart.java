package dev.prefork.adopt;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkWorker;
import dev.prefork.config.ProgramConfig;
import dev.prefork.launch.LaunchSpec;
import dev.prefork.launch.LaunchSpecCodec;
import dev.prefork.launch.WorkerReport;
import dev.prefork.posix.Fd;
import dev.prefork.posix.Posix;
import dev.prefork.scoreboard.ProgramLine;
import dev.prefork.scoreboard.Scoreboard;
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
          "NioSocketImpl.bind",
          "NioSocketImpl.listen",
          "NioSocketImpl.accept",
          "NioSocketImpl.configureBlocking",
          "AsynchronousServerSocketChannelImpl.bind",
          "AsynchronousServerSocketChannelImpl.listen",
          "UnixAsynchronousServerSocketChannelImpl.accept",
          "UnixAsynchronousServerSocketChannelImpl.configureBlocking",
          "EPollSelectorImpl.ctl",
          "EPollPort.ctl",
          "EPollPoller.ctl",
          "UnixDispatcher.close",
          "UnixDispatcher.implPreClose");

  /**
   * Netty's native transports bind by calls of their own, where the listener is the supervisor's:
   * to a program that asks whether they are there, they are not, and it takes NIO.
   */
  private static final String NO_NATIVE_NETTY = "io.netty.transport.noNative";

  private final LaunchSpec spec;
  private final Supervision supervision;
  private final List<SharedListener> inherited;
  private final ProgramLine scoreboard;
  private final StartProgress progress;
  private final SharedListeners listeners;
  private final ReportingProgram program;

  private ProgramStart(LaunchSpec spec, Supervision supervision) throws IOException {
    this.scoreboard = Scoreboard.open(LaunchSpec.SCOREBOARD_PATH, true).program(spec.slot());
    this.spec = spec;
    this.supervision = supervision;
    this.inherited = inherited(spec);
    ProgramConfig program = spec.program();
    this.progress =
        new StartProgress(
            inherited,
            program
                .readyLog()
                .map(regex -> "no line matched ready-log \"" + regex + "\"")
                .orElse(""),
            text -> supervision.report(WorkerReport.Kind.PROGRESS, text));
    this.listeners =
        new SharedListeners(
            inherited,
            progress,
            new OpenConnections(program.workerConnections().orElse(Integer.MAX_VALUE), scoreboard),
            this::listening);
    this.program =
        new ReportingProgram(
            spec, supervision, inherited.stream().map(SharedListener::address).toList());
  }

  static void begin(Instrumentation instrumentation) {
    Supervision supervision = new Supervision();
    supervision.report(WorkerReport.Kind.STARTED, "");
    try {
      ProgramStart start = new ProgramStart(LaunchSpecCodec.readInherited(), supervision);
      start.adopt(instrumentation);
    } catch (IOException | RuntimeException e) {
      supervision.report(WorkerReport.Kind.FAILED, String.valueOf(e.getMessage()));
      Runtime.getRuntime().halt(ExitStatus.CONFIGURATION.code());
    }
  }

  private void adopt(Instrumentation instrumentation) throws IOException {
    progress.changed();
    var _ = System.getProperties().put(Question.PROPERTY, listeners);
    var _ = System.getProperties().put(PreforkWorker.PROPERTY, program);
    rewriteSockets(instrumentation);
    var _ = System.getProperties().putIfAbsent(NO_NATIVE_NETTY, "true");
    daemon("prefork-heartbeat", new Heartbeat(scoreboard));
    daemon(
        "prefork-commands", new ProgramWorker(supervision, listeners, program, spec.stopTimeout()));
  }

  private static List<SharedListener> inherited(LaunchSpec spec) {
    Posix posix = Posix.system();
    List<SharedListener> listeners = new ArrayList<>();
    for (int i = 0; i < spec.listeners().size(); i++) {
      listeners.add(new SharedListener(posix, new Fd(posix, LaunchSpec.FIRST_LISTENER_FD + i)));
    }
    return listeners;
  }

  /** The program waits for connections everywhere: it is ready, or now to be asked whether. */
  private void listening() {
    ProgramConfig program = spec.program();
    if (program.readyWhen().isPresent()) {
      String path = program.readyWhen().get();
      String host = inherited.getFirst().toString();
      daemon("prefork-ready", new ReadyProbe(path, host, listeners, progress, this::ready));
    } else if (program.readyLog().isEmpty()) {
      ready();
    }
  }

  private void ready() {
    supervision.report(WorkerReport.Kind.READY, "");
  }

  private static void daemon(String name, Runnable task) {
    Thread.ofPlatform().daemon().name(name).start(task);
  }

  private static void rewriteSockets(Instrumentation instrumentation) throws IOException {
    SocketRewriter rewriter = new SocketRewriter();
    instrumentation.addTransformer(rewriter, true);
    try {
      List<Class<?>> classes = new ArrayList<>();
      for (String name : SocketRewriter.CLASSES) {
        classes.add(Class.forName(name, false, null));
      }
      instrumentation.retransformClasses(classes.toArray(Class<?>[]::new));
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
