package dev.prefork.adopt;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkWorker;
import dev.prefork.config.ProgramConfig;
import dev.prefork.launch.LaunchSpec;
import dev.prefork.launch.LaunchSpecCodec;
import dev.prefork.launch.WorkerReport;
import dev.prefork.posix.Descriptors;
import dev.prefork.posix.Fd;
import dev.prefork.worker.ReportingProgram;
import dev.prefork.worker.Supervision;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.util.ArrayList;
import java.util.List;

/**
 * What the agent does before the program's main: rewrites the JDK's listening sockets, and then
 * obeys the supervisor on a thread of its own.
 */
final class ProgramStart {
  private final LaunchSpec spec;
  private final Supervision supervision;
  private final Descriptors descriptors;
  private final List<SharedListener> inherited;
  private final StartProgress progress;
  private final Traffic traffic = new Traffic();
  private final SharedListeners listeners;
  private final ReportingProgram program;

  private ProgramStart(LaunchSpec spec, Supervision supervision, Descriptors descriptors) {
    this.spec = spec;
    this.supervision = supervision;
    this.descriptors = descriptors;
    this.inherited = inherited(spec, descriptors);
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
            new OpenConnections(program.workerConnections().orElse(Integer.MAX_VALUE), traffic),
            this::listening);
    this.program =
        new ReportingProgram(
            spec, supervision, inherited.stream().map(SharedListener::address).toList());
  }

  static void begin() throws IOException {
    Supervision supervision =
        new Supervision(
            new FileInputStream(inheritedAs(LaunchSpec.COMMANDS_FD)),
            new FileOutputStream(inheritedAs(LaunchSpec.REPORTS_FD)));
    supervision.report(WorkerReport.Kind.STARTED, "");
    try (InputStream spec = new FileInputStream(inheritedAs(LaunchSpec.SPEC_FD))) {
      LaunchSpec decoded = LaunchSpecCodec.decode(spec);
      boolean paths = decoded.listeners().contains(StandardProtocolFamily.UNIX);
      Descriptors descriptors = JdkCode.bring(paths);
      new ProgramStart(decoded, supervision, descriptors).adopt();
    } catch (IOException | RuntimeException e) {
      supervision.report(WorkerReport.Kind.FAILED, String.valueOf(e.getMessage()));
      Runtime.getRuntime().halt(ExitStatus.CONFIGURATION.code());
    }
  }

  /** By this name it opens without reflection, whose method handles take longer to make. */
  private static String inheritedAs(int fd) {
    return "/proc/self/fd/" + fd;
  }

  private void adopt() {
    progress.changed();
    var _ = System.getProperties().put(Question.PROPERTY, listeners);
    var _ = System.getProperties().put(Traffic.PROPERTY, traffic);
    var _ = System.getProperties().put(KnownLocales.PROPERTY, new KnownLocales());
    var _ = System.getProperties().put(PreforkWorker.PROPERTY, program);
    new ServerProperties(System.getProperties()).answer();
    StuckRequest stuck =
        new StuckRequest(new StuckThreads(traffic), listeners, descriptors, program);
    daemon("prefork-heartbeat", new Heartbeat(supervision, listeners, stuck, spec.slot()));
    ProgramDrain drain =
        new ProgramDrain(
            supervision, listeners, program, new Farewell(traffic), spec.stopTimeout());
    Runtime.getRuntime().addShutdownHook(new Thread(new Ending(supervision, drain, stuck)));
    daemon("prefork-commands", new ProgramWorker(supervision, listeners, program, drain));
  }

  /** Runs beside the program's own hooks, which may take long: a spare is not to wait for them. */
  private record Ending(Supervision supervision, ProgramDrain drain, StuckRequest stuck)
      implements Runnable {
    @Override
    public void run() {
      supervision.report(WorkerReport.Kind.ENDING, "");
      drain.awaitTheRest();
      stuck.look();
    }
  }

  private static List<SharedListener> inherited(LaunchSpec spec, Descriptors descriptors) {
    List<SharedListener> listeners = new ArrayList<>();
    for (int i = 0; i < spec.listeners().size(); i++) {
      Fd inherited = new Fd(descriptors, LaunchSpec.FIRST_LISTENER_FD + i);
      listeners.add(
          new SharedListener(descriptors, spec.listeners().get(i), inherited, spec.backlog()));
    }
    return listeners;
  }

  /** The program waits for connections everywhere: in its training it is asked something first. */
  private void listening() {
    if (spec.program().aotRequests().isEmpty()) {
      answering();
    } else {
      List<PrivateRequest> requests =
          spec.program().aotRequests().stream().map(this::privately).toList();
      daemon("prefork-training", new TrainingRequests(requests, listeners, this::answering));
    }
  }

  private PrivateRequest privately(String path) {
    return new PrivateRequest(path, inherited.getFirst().toString());
  }

  /** It is ready, or now to be asked whether. */
  private void answering() {
    ProgramConfig program = spec.program();
    if (program.readyWhen().isPresent()) {
      PrivateRequest request = privately(program.readyWhen().get());
      daemon("prefork-ready", new ReadyProbe(request, listeners, progress, this::ready));
    } else if (program.readyLog().isEmpty()) {
      ready();
    }
  }

  private void ready() {
    progress.lacks(program.listens() ? "the program has not said that it is ready" : "");
  }

  private static void daemon(String name, Runnable task) {
    Thread.ofPlatform().daemon().name(name).start(task);
  }
}
