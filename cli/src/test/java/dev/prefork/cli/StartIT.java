package dev.prefork.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.prefork.testing.Client;
import dev.prefork.testing.Processes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The command's start, when it works. */
class StartIT {
  @RegisterExtension final Commands commands = new Commands();

  @Test
  void theReadyLineTellsThePortThatTheKernelChose() {
    RunningCommand server = commands.demo();
    assertThat(server.output())
        .matches("ready: 8 workers on 127\\.0\\.0\\.1:[1-9]\\d*, supervisor pid \\d+\n");
    assertThat(server.announcedPid()).isEqualTo(server.pid());
    assertThat(server.workers()).hasSize(8);
    assertThat(server.ask("me\n(1 \"two\" :three)"))
        .matches("Hello me, this is PID \\d+\n\\(1 \"two\" :THREE\\)");
  }

  @Test
  void listensOnIpv6() throws Exception {
    assumeThat(Files.exists(Path.of("/proc/net/if_inet6"))).as("this machine has IPv6").isTrue();
    RunningCommand server = demo("[::1]:0").awaitReady();
    assertThat(server.output()).contains("1 workers on [::1]:");
    assertThat(server.ask("me\n1 ")).startsWith("Hello me");
  }

  private RunningCommand demo(String address) {
    return commands.launch(
        List.of("demo", "--listen", address, "--workers", "1", "--runtime-dir", runtime()));
  }

  private String runtime() {
    return commands.directory().resolve("run").toString();
  }

  @Test
  void listensOnSeveralAddresses() {
    RunningCommand server = commands.demo("--listen", "127.0.0.2:0", "--workers", "2");
    assertThat(server.addresses()).hasSize(2);
    assertThat(server.addresses().getFirst().getHostString()).isEqualTo("127.0.0.1");
    assertThat(server.addresses().getLast().getHostString()).isEqualTo("127.0.0.2");
    for (InetSocketAddress address : server.addresses()) {
      assertThat(Client.ask(address, "me\n1 ")).startsWith("Hello me");
    }
  }

  @Test
  void aCollectorOfTheUsersReplacesOurs() {
    RunningCommand server =
        commands.demo("--workers", "1", "--worker-jvm-option", "-XX:+UseParallelGC");
    String commandLine = Processes.commandLine(server.workers().getFirst());
    assertThat(commandLine).contains("-XX:+UseParallelGC").doesNotContain("UseSerialGC");
    assertThat(server.ask("me\n1 ")).startsWith("Hello me");
  }

  @Test
  void aSecondServerInTheSameRuntimeDirectoryIsRefusedAndTheFirstUntouched() throws Exception {
    commands.expect("a server already runs in");
    RunningCommand first = commands.demo("--workers", "2");
    List<Long> workers = first.workers();
    Path pidFile = commands.directory().resolve("run/pid");
    String pid = Files.readString(pidFile);

    RunningCommand second = demo("127.0.0.1:0");
    assertThat(second.awaitExit()).isEqualTo(75);
    assertThat(second.log().lines())
        .singleElement()
        .asString()
        .contains("a server already runs in " + runtime() + " (process " + first.pid() + ")");

    assertThat(Files.readString(pidFile)).isEqualTo(pid).isEqualTo(first.pid() + "\n");
    assertThat(first.workers()).isEqualTo(workers);
    assertThat(first.ask("me\n1 ")).startsWith("Hello me");
  }

  @Test
  void anAddressInUseIsRefusedInOneLineThatNamesTheHolder() throws Exception {
    commands.expect("Address already in use");
    try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      String address = "127.0.0.1:" + holder.getLocalPort();
      RunningCommand server = demo(address);
      assertThat(server.awaitExit()).isEqualTo(69);
      assertThat(server.log().lines())
          .singleElement()
          .asString()
          .contains(
              "could not bind " + address + ": Address already in use",
              "process " + ProcessHandle.current().pid());
    }
    assertThat(Files.exists(Path.of(runtime(), "pid"))).isFalse();
  }
}
