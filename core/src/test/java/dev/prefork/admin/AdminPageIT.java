package dev.prefork.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.prefork.server.PreforkServer;
import dev.prefork.testing.Addresses;
import dev.prefork.testing.Await;
import dev.prefork.testing.EmbeddedServers;
import dev.prefork.testing.Load;
import dev.prefork.testing.Processes;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The page for people, in a real browser. */
class AdminPageIT {
  private static final String TILES = "document.querySelectorAll('.tile').length";
  private static final String TOLD = "lastAnswer.workers.length";
  private static final String RATE = "document.querySelectorAll('.now')[2].textContent";
  private static final String CURVE = "document.querySelectorAll('.curve')[2].getAttribute('d')";
  private static final String ALARM =
      "document.getElementById('alarm').hidden + document.getElementById('phase').textContent";

  @RegisterExtension private final EmbeddedServers servers = new EmbeddedServers();

  @TempDir private Path profile;

  @Test
  void showsTheServerLiveAndSaysWhenItIsGone() {
    assumeTrue(Chromium.isInstalled(), "chromium is missing");
    servers.expect("SIGKILL");
    PreforkServer server = servers.start(servers.builder().workers(3).admin("0"));
    String url = "http://127.0.0.1:" + server.adminAddress().orElseThrow().getPort() + "/";
    try (Chromium browser = Chromium.start(profile);
        Load _ = Load.start(Addresses.first(server), "pid\n", 2)) {
      browser.open(url);
      Await.until("a tile a worker", () -> browser.evaluate(TILES).equals("3"));
      Await.until("the rate to be shown", () -> browser.evaluate(RATE).matches("[1-9][0-9,]*"));
      String curve = browser.evaluate(CURVE);
      Await.until("the curve to move", () -> !browser.evaluate(CURVE).equals(curve));

      long pid = server.status().workers().getFirst().pid();
      String shown = "document.querySelector('.tile').textContent.includes('pid " + pid + " ')";
      Await.until("the worker's tile", () -> browser.evaluate(shown).equals("true"));
      Processes.signal("KILL", pid);
      Await.until("its successor's tile", () -> browser.evaluate(shown).equals("false"));
      Await.until(
          "its certificate",
          () -> browser.evaluate("document.querySelectorAll('details').length").equals("1"));

      browser.resize(390, 844);
      assertThat(browser.evaluate("document.documentElement.scrollWidth")).isEqualTo("390");
      assertThat(browser.evaluate(ALARM)).isEqualTo("truerunning");
      assertThat(browser.complaints()).isEmpty();

      server.stopNow("test");
      Await.until("the alarm", () -> browser.evaluate(ALARM).equals("falseno answer"));
      // Its last answer may have come in the midst of the stop, when some workers were gone.
      assertThat(browser.evaluate(TILES)).isEqualTo(browser.evaluate(TOLD));
    }
  }
}
