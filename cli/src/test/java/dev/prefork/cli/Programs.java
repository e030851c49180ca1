package dev.prefork.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.testing.Await;
import dev.prefork.testing.Client;
import dev.prefork.testing.Ports;
import dev.prefork.testing.Processes;
import dev.prefork.testing.WebProgram;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Executable jars that know nothing of Prefork, as workers on one port of a test. */
final class Programs {
  static final String REQUEST_LINE = "GET / HTTP/1.0\r\n";
  static final String END = "\r\n";
  static final String GET = REQUEST_LINE + END;

  private final Commands commands;
  private final int port = Ports.free();

  /**
   * Starts nothing yet.
   *
   * @param commands of the test
   */
  Programs(Commands commands) {
    this.commands = commands;
  }

  /** The port that the programs are told to bind. */
  int port() {
    return port;
  }

  /** The shared listener. */
  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** Starts a server of the program's jar, and waits for nothing. */
  RunningCommand launch(Class<?> program, List<String> words, String... options) {
    return launch(ProgramJar.make(commands.directory(), program), words, options);
  }

  /**
   * Starts a server, and waits for nothing.
   *
   * @param words for the program, after its port
   * @param options of {@code prefork run}
   */
  RunningCommand launch(Path jar, List<String> words, String... options) {
    List<String> arguments = commands.arguments("run", options);
    arguments.set(arguments.indexOf("127.0.0.1:0"), "127.0.0.1:" + port);
    arguments.add(jar.toString());
    arguments.addAll(List.of("--", Integer.toString(port)));
    arguments.addAll(words);
    return commands.launch(arguments);
  }

  /** A server of {@link WebProgram}, ready. */
  RunningCommand web(String... options) {
    commands.expect("started on ");
    return launch(WebProgram.class, List.of(), options).awaitReady();
  }

  /** All that it has spawned: the command line of a program is its own. */
  static List<String> workers(RunningCommand server) {
    return Processes.children(server.pid()).stream().map(String::valueOf).toList();
  }

  /** Who has answered: programs of the tests say their pid last. */
  static String pidIn(String answer) {
    return answer.substring(answer.lastIndexOf('\n') + 1);
  }

  /** The pid of who answers next. */
  String ask() {
    return pidIn(Client.ask(address(), GET));
  }

  /** The pids of so many workers, each of which has answered. */
  Set<String> askUntilAllHaveAnswered(int workers) {
    Set<String> pids = new TreeSet<>();
    Await.until(
        workers + " workers to answer",
        () -> {
          pids.add(ask());
          return pids.size() == workers;
        });
    return pids;
  }

  /** Replaces the worker of a slot, by {@code prefork retire}. */
  void retire(int slot) {
    var _ = run("retire", Integer.toString(slot));
  }

  /** What {@code prefork status} prints. */
  String status(String... options) {
    return run("status", options);
  }

  /** In this JVM: to start another one for it takes as long as a worker does. */
  private String run(String command, String... options) {
    String runtime = commands.directory().resolve("run").toString();
    List<String> words = new ArrayList<>(List.of(command, "--runtime-dir", runtime));
    words.addAll(List.of(options));
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(printed, true, UTF_8);
    int code = new PreforkCommand().run(words.toArray(String[]::new), Map.of(), out, out);
    assertThat(code).as(printed.toString(UTF_8)).isZero();
    return printed.toString(UTF_8);
  }

  /** Asks for a path, sends TERM when that is accepted, and is answered before the server ends. */
  void answersAndLeavesAtTerm(RunningCommand server, String path, String status) {
    try (Client client = Client.connect(address()).send("GET " + path + " HTTP/1.0\r\n\r\n")) {
      Await.until("the request to be accepted", () -> Processes.accepted(port) == 1);
      server.signal("TERM");
      assertThat(client.readAll()).startsWith(status);
    }
    assertThat(server.awaitExit()).as(server.log()).isZero();
  }
}
